using Market.Actors.Journal;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Inspection;

/// <summary>
/// Reads events out of the middle of a journal. Each turn is held against its checksum; whether the chain of turns is whole is for an audit to say.
/// Few at a time may read, and each for a bounded number of events, for the journal is the market's first of all.
/// </summary>
/// <param name="open">Opens the journal for reading.</param>
public sealed class StreamReading(Func<IJournal> open) : IDisposable
{
    private const int MostAtOnce = 2;

    /// <summary>Events that one reading passes over at most before it says where to go on.</summary>
    public const int MaxScanned = 100_000;

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <summary>Events of one stream that are wanted, from a number on.</summary>
    /// <param name="end">The number to stop before.</param>
    /// <param name="wanted">Null for all.</param>
    /// <returns>The events, and the number that the next reading begins with, null at the end. Null when too many are reading.</returns>
    public async Task<(IReadOnlyList<ShownEvent> Events, long? Next)?> ReadAsync(
        RunningMarket market, int shard, long from, long end, int limit, Func<MarketEvent?, bool>? wanted, CancellationToken cancel)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, cancel)) { return null; }
        try
        {
            return await Task.Run(() => Read(market, shard, Math.Max(1, from), end, limit, wanted, cancel), cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private (IReadOnlyList<ShownEvent>, long?) Read(
        RunningMarket market, int shard, long from, long end, int limit, Func<MarketEvent?, bool>? wanted, CancellationToken cancel)
    {
        var stop = Math.Min(end, from + MaxScanned);
        var fold = new Fold(market, shard, from, stop, limit, wanted);
        using var journal = open();
        foreach (var turn in journal.Read(new Dictionary<StreamId, long> { [new StreamId(market.Id, shard)] = from }))
        {
            cancel.ThrowIfCancellationRequested();
            if (turn.FirstSequence >= stop) { break; }
            var header = TurnFormat.Open(turn.Bytes.Span);
            fold.Sequence = header.FirstSequence;
            EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], header.Count, header.Time, fold);
            if (fold.Next is not null) { break; }
        }
        return (fold.Found, fold.Next ?? (stop < end ? stop : null));
    }

    private sealed class Fold(RunningMarket market, int shard, long from, long stop, int limit, Func<MarketEvent?, bool>? wanted) : IEventFold
    {
        private readonly string _path = ShardLooks.PathOf(new StreamId(market.Id, shard));

        public long Sequence { get; set; }

        public List<ShownEvent> Found { get; } = [];

        /// <summary>The first event that is wanted and for which there was no room.</summary>
        public long? Next { get; private set; }

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            if (!IsWanted(null)) { return; }
            var inCoins = happened.Type is TraderEventType.Invested or TraderEventType.Returned || happened is { Type: TraderEventType.Refused, Command: CommandType.Invest };
            var trader = market.View.TradersOf(shard, slot, 1);
            Add(new ShownEvent(
                _path, Sequence - 1, time.ToString(), happened.Type.ToString(), trader.Count == 0 ? null : trader[0].Key.ToString(), txnId.ToString(),
                inCoins ? new Coins(happened.Amount).ToDecimal() : happened.Amount, happened.HasPrice ? happened.Price.ToDecimal() : null, happened.Status.Name(),
                happened.BailedOut ? "bailed out" : null));
        }

        public void On(MarketEvent happened, Timestamp time)
        {
            if (!IsWanted(happened)) { return; }
            Add(new ShownEvent(_path, Sequence - 1, time.ToString(), happened.GetType().Name, (happened as TraderJoined)?.Trader.ToString(), Detail: Detail(happened)));
        }

        /// <summary>Without the seed: who knows it knows every price to come, and this may be seen on a wall.</summary>
        private static string? Detail(MarketEvent happened) => happened switch
        {
            MarketOpened opened => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{opened.Market} with {opened.Shards} shards"),
            FloorMoved moved => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{moved.Status} after {moved.ElapsedMs} ms"),
            _ => happened.ToString(),
        };

        /// <summary>Counts the event, too.</summary>
        private bool IsWanted(MarketEvent? happened)
        {
            var sequence = Sequence++;
            return sequence >= from && sequence < stop && (wanted is null || wanted(happened));
        }

        private void Add(ShownEvent shown)
        {
            if (Found.Count < limit) { Found.Add(shown); }
            else { Next ??= shown.Seq; }
        }
    }
}
