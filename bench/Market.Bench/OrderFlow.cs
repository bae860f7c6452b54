using System.Diagnostics;
using Market.Actors.Answers;
using Market.Actors.Shards;
using Market.Node.Hosting;
using Market.Node.Load;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Bench;

/// <summary>
/// One thread that sends single orders, each with its own txnId, and hears their answers. Closed: so many are always in flight. Open: one every
/// so often whatever comes back, and each counted from the moment it should have been sent, so that a stall is seen by all it delayed.
/// </summary>
internal sealed class OrderFlow : IAnswerTo<Result>, IDisposable
{
    /// <summary>More than the answers remembered of a thousand traders, so that none comes again while it is remembered.</summary>
    private const int TxnIds = 1 << 18;

    private static readonly string[] Ids = [.. Enumerable.Range(0, TxnIds).Select(i => $"{(uint)i * 2_654_435_761u:x8}-0000-4000-8000-{i:x12}")];

    private readonly WakeUp _wakeUp = new();
    private readonly MarketRegion _region;
    private readonly TraderKey[] _traders;
    private long _posted;

    // Written by the engine's thread.
    private long _answered;
    private long _from = long.MaxValue;

    public OrderFlow(MarketRegion region, TraderKey[] traders)
    {
        (_region, _traders) = (region, traders);
    }

    public LatencyHistogram Latency { get; } = new();

    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Orders answered other than with ACCEPTED.</summary>
    public long Refused { get; private set; }

    /// <summary>From here on latencies count.</summary>
    public void Measure() => Volatile.Write(ref _from, Stopwatch.GetTimestamp());

    public void Closed(int inFlight, Func<bool> goOn)
    {
        while (goOn())
        {
            var room = inFlight - (_posted - Answered);
            if (room == 0) { _wakeUp.Wait(1_000); }
            var now = Stopwatch.GetTimestamp();
            for (; room > 0; room--) { Post(now); }
        }
    }

    public void Open(int perSecond, Func<bool> goOn)
    {
        var (start, first) = (Stopwatch.GetTimestamp(), _posted);
        while (goOn())
        {
            var due = first + (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond);
            while (_posted < due) { Post(start + (long)((_posted - first + 1) * (double)Stopwatch.Frequency / perSecond)); }
            Thread.Yield();
        }
    }

    /// <summary>Waits until all is answered.</summary>
    public void Settle()
    {
        while (Answered < _posted) { _wakeUp.Wait(1_000); }
    }

    public void Answer(long tag, in Result answer)
    {
        if (tag >= _from) { Latency.Record((long)Stopwatch.GetElapsedTime(tag).TotalNanoseconds); }
        if (answer.Status is not Status.Accepted) { Refused++; }
        Volatile.Write(ref _answered, _answered + 1);
        _wakeUp.Set();
    }

    public void Fail(long tag, Failure failure) => throw new InvalidOperationException(failure.Message);

    public void Dispose() => _wakeUp.Dispose();

    /// <summary>Each trader buys one and sells it again.</summary>
    private void Post(long tag)
    {
        var turn = Math.DivRem(_posted, _traders.Length, out var who);
        var id = Ids[_posted & (TxnIds - 1)];
        var order = turn % 2 == 0 ? TraderCommand.Buy(id, 1) : TraderCommand.Sell(id, 1);
        while (!_region.TryTell(_traders[who], order, this, tag)) { Thread.Yield(); }
        _posted++;
    }
}
