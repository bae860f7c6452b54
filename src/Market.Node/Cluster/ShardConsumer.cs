using System.Threading.Channels;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Node.Hosting;
using Market.Node.Telemetry;
using Market.Protocol.Wire;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>
/// This node's place in the line for one shard's queue. The broker lets one consumer of a queue at a time have mail; whoever gets some owns the shard:
/// recovers it if need be, and hands the mail to its mailbox. What is not acknowledged when this ends goes to the next in line.
/// </summary>
/// <param name="mayHandle">Whether what was delivered is still for this node to do.</param>
/// <param name="redeliverable">Of this shard alone.</param>
public sealed class ShardConsumer(
    StreamId shard, IChannel channel, Topology topology, IShardHost host, Members members, Beats beats, Func<bool> mayHandle, Redeliverable redeliverable, ReplyBoxes replies, ClusterCounters counters,
    EngineClock clock, TimeProvider time, ILogger logger)
    : AsyncDefaultBasicConsumer(channel), IDisposable
{
    /// <summary>Messages that may be here unacknowledged: enough to fill a turn, little to hand back.</summary>
    public const ushort Prefetch = 100;

    /// <summary>How long a shard that is given up may take to finish the mail it has; what is left then is handed back.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromMilliseconds(800);

    /// <summary>Before another try to own the shard, in ms.</summary>
    private const int OwnAgainAfterMs = 10;

    private readonly Channel<Incoming> _incoming = System.Threading.Channels.Channel.CreateUnbounded<Incoming>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly Acknowledging _acknowledging = new(channel, redeliverable, time);

    // Held while the shard comes or goes here: what it is given back with must not be handled after.
    private readonly SemaphoreSlim _owning = new(1);

    private string? _consumerTag;
    private TaskCompletionSource? _stoodAside;
    private bool _isWaiting;

    public StreamId Shard => shard;

    public async Task StandInLineAsync(CancellationToken cancel) =>
        _consumerTag = await Channel.BasicConsumeAsync(topology.ShardQueue(shard), autoAck: false, this, cancel);

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        try
        {
            var mail = ShardMailCodec.Read(body.Span);
            if (redelivered) { counters.CountRedelivered(); }
            _acknowledging.Mail.Add(deliveryTag);
            _incoming.Writer.TryWrite(new Incoming(deliveryTag, redelivered, mail));
        }
        catch (CorruptBytesException unreadable)
        {
            logger.LogError("Mail of {Shard} could not be read and was set aside: {Reason}", shard, unreadable.Message);
            await Channel.BasicRejectAsync(deliveryTag, requeue: false, cancellationToken);
        }
    }

    /// <summary>Hands mail to the shard, and acknowledgements to the queue, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(HandleAllAsync(cancel), _acknowledging.RunAsync(cancel));

    private async Task HandleAllAsync(CancellationToken cancel)
    {
        await foreach (var incoming in _incoming.Reader.ReadAllAsync(cancel))
        {
            if (incoming.Mail is CommandMail mail) { await _acknowledging.MakeRoomAsync(incoming.Mark, mail, cancel); }
            while (!await TryHandleAsync(incoming, cancel)) { await Task.Delay(TimeSpan.FromMilliseconds(OwnAgainAfterMs), time, cancel); }
        }
    }

    /// <summary>What it answered is with the broker, or it needs no answer: the queue may forget it. Any thread; never blocks.</summary>
    public void Acknowledge(ulong mark) => _acknowledging.Handled(mark);

    /// <summary>Whether mail waits here, be it that the shard cannot be recovered.</summary>
    public bool HasMail => _acknowledging.Mail.Any;

    /// <summary>Gives the shard up: takes no more mail, finishes what it has, and hands back what it could not; it is not in the line any more.</summary>
    public async Task YieldAsync(CancellationToken cancel)
    {
        await StandAsideAsync(cancel);
        if (host.Down is null && (await host.OwnedAsync()).Any(owned => owned.Shard == shard)) { await _acknowledging.FinishAsync(FinishWithin, cancel); } // else nothing can be, or need be, finished here
        await DisownAsync(cancel);
    }

    /// <summary>Comes after all that was delivered before.</summary>
    public override async Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        await base.HandleBasicCancelOkAsync(consumerTag, cancellationToken);
        _stoodAside?.TrySetResult();
    }

    public void Dispose() => _owning.Dispose();

    /// <summary>Takes no more mail. What the broker sent before it knew is still being told: it is waited for, or its coming would make this node own the shard again.</summary>
    private async Task StandAsideAsync(CancellationToken cancel)
    {
        var stoodAside = _stoodAside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Channel.BasicCancelAsync(_consumerTag!, cancellationToken: cancel);
        await Task.WhenAny(stoodAside.Task, Task.Delay(FinishWithin, time, cancel));
    }

    private async Task DisownAsync(CancellationToken cancel)
    {
        await _owning.WaitAsync(cancel);
        try
        {
            await host.DisownAsync(shard);
            await _acknowledging.HandBackAsync(cancel);
            _isWaiting = false;
        }
        finally
        {
            _owning.Release();
        }
    }

    /// <summary>The first mail after a time without is what tells a node that it has come to own a shard.</summary>
    /// <returns>False when the shard cannot be owned now: its last owner is finishing, or the journal cannot be read.</returns>
    private async Task<bool> TryHandleAsync(Incoming incoming, CancellationToken cancel)
    {
        await _owning.WaitAsync(cancel);
        try
        {
            if (!_acknowledging.Mail.IsOpen(incoming.Mark)) { return true; } // handed back meanwhile
            if (members.IsBeingYielded(shard, clock.Now)) { return false; }
            await host.OwnAsync(shard);
            if (!mayHandle()) { return Wait("this node is not sure now that the broker gave it to no other"); }
            await HandleAsync(incoming, cancel);
            _isWaiting = false;
            return true;
        }
        catch (JournalUnavailableException unavailable)
        {
            return Wait(unavailable.Message);
        }
        finally
        {
            _owning.Release();
        }
    }

    private bool Wait(string reason)
    {
        if (!_isWaiting) { logger.LogWarning("Mail of {Shard} waits: {Reason}", shard, reason); }
        _isWaiting = true;
        return false;
    }

    private async Task HandleAsync(Incoming incoming, CancellationToken cancel)
    {
        var mailbox = host.MailboxOf(shard);
        var isLate = incoming.Mail is CommandMail mail && beats.IsLate(mail, clock.Now);
        if (isLate) { counters.CountLate(); }
        var envelopes = incoming.Envelopes(shard, isLate, replies, out var delivery);
        foreach (var envelope in envelopes) { await PostAsync(mailbox, Traces.Shard(shard, incoming, envelope), cancel); }
        if (incoming.Mail is LinkMail link) { mailbox.PostLink(link.Batch); }
        if (incoming.Mail is AcknowledgementMail done) { mailbox.PostLink(done.Acknowledgement); }
        if (delivery is null) { Acknowledge(incoming.Mark); } // links are sent again until acknowledged by a journaled event
    }

    private async Task PostAsync(Mailbox mailbox, Envelope envelope, CancellationToken cancel)
    {
        while (!mailbox.TryPost(envelope)) { await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancel); }
    }
}
