using Market.Actors.Cluster;
using Market.Node.Doors;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>
/// Tells a shard's queue what it may forget, many deliveries with one message: for the broker an acknowledgement is as much work as the mail itself was.
/// Nobody waits for it; what is not acknowledged when a node dies comes again, and is known from the journal.
/// </summary>
/// <param name="channel">The one the mail comes by.</param>
/// <param name="redeliverable">Used by this alone.</param>
public sealed class Acknowledging(IChannel channel, Redeliverable redeliverable, TimeProvider time)
{
    /// <summary>How long the first may wait for others, in ms.</summary>
    private const int GatherMs = 100;

    /// <summary>So many wait no longer: a quarter of what may be here, so that more mail always comes.</summary>
    private const int Enough = ShardConsumer.Prefetch / 4;

    private readonly Bell _handled = new();
    private readonly Bell _room = new();
    private readonly Lock _gate = new();

    // Owned by the gate, and the redeliverable; when a shard is given up, or a trader waits for room, nothing waits for others.
    private TaskCompletionSource _now = New();
    private TaskCompletionSource? _finished;
    private bool _isSending;

    /// <summary>What is not acknowledged yet.</summary>
    public OpenMail Mail { get; } = new();

    /// <summary>Returns when the mail may be handled: waiting is what slows a trader down who has more open than could come again without harm.</summary>
    public async ValueTask MakeRoomAsync(ulong mark, CommandMail mail, CancellationToken cancel)
    {
        while (!TryAdd(mark, mail)) { await _room.WaitAsync(cancel); }
    }

    /// <summary>What it answered is with the broker, or it needs no answer. Any thread; never blocks.</summary>
    public void Handled(ulong mark)
    {
        if (Mail.Handled(mark) >= Enough)
        {
            lock (_gate) { _now.TrySetResult(); }
        }
        _handled.Ring();
    }

    /// <summary>Acknowledges until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _handled.WaitAsync(cancel);
            Task now;
            lock (_gate) { now = _now.Task; }
            await Task.WhenAny(now, Task.Delay(TimeSpan.FromMilliseconds(GatherMs), time, cancel));
            await SendAsync(cancel);
        }
    }

    /// <summary>Returns when all mail is acknowledged, or after a time.</summary>
    public async Task FinishAsync(TimeSpan within, CancellationToken cancel)
    {
        Task finished;
        lock (_gate)
        {
            if (!Mail.Any && !_isSending) { return; }
            finished = (_finished = New()).Task;
            _now.TrySetResult();
        }
        await Task.WhenAny(finished, Task.Delay(within, time, cancel));
        lock (_gate) { _finished = null; }
    }

    /// <summary>Gives all that is not handled back to the queue.</summary>
    public async Task HandBackAsync(CancellationToken cancel)
    {
        lock (_gate) { redeliverable.Clear(); }
        var left = Mail.TakeAll();
        _room.Ring();
        foreach (var (mark, isHandled) in left)
        {
            if (isHandled) { await channel.BasicAckAsync(mark, multiple: false, cancel); }
            else { await channel.BasicNackAsync(mark, multiple: false, requeue: true, cancel); }
        }
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            _isSending = true;
            if (_finished is null) { _now = New(); }
        }
        var last = Mail.Take();
        if (last is { } upTo) { await channel.BasicAckAsync(upTo, multiple: true, cancel); }
        lock (_gate)
        {
            _isSending = false;
            redeliverable.AcknowledgedUpTo(last ?? 0);
            if (!Mail.Any) { _finished?.TrySetResult(); }
        }
        _room.Ring();
    }

    private bool TryAdd(ulong mark, CommandMail mail)
    {
        lock (_gate)
        {
            if (!Mail.IsOpen(mark) || redeliverable.TryAdd(mark, mail.Traders)) { return true; }
            _now.TrySetResult();
            return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
