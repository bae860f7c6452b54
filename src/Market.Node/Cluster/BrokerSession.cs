using System.Collections.Concurrent;
using System.Security.Cryptography;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Node.Config;
using Market.Node.Doors;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Market.Node.Cluster;

/// <summary>
/// One connection to the broker, from the first declaration to its end. Nothing of it is mended: when a part breaks the whole ends, all shards are let
/// go, and a new one is begun. What was not acknowledged is in the queues, what was journaled is in the journal.
/// </summary>
public sealed class BrokerSession : IBrokerSession, IDisposable
{
    /// <summary>Between two notices that this node is here, in ms.</summary>
    private const int NoticeEveryMs = 500;

    /// <summary>How long a notice waits to hear what the engine owns now, in ms: while an append hangs it tells what was owned before.</summary>
    private const int OwnedWithinMs = 100;

    /// <summary>Notices in a row that did not hear it, after which the node's shards count as hanging: those of 3 s.</summary>
    private const int HangsAfter = 6;

    private static readonly CreateChannelOptions NoticeOptions = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly ClusterParts _parts;
    private readonly IConnection _connection;
    private readonly Members _members;
    private readonly Beats _beats = new();
    private readonly Standing _standing;
    private readonly ReplyBoxes _replies;
    private readonly Bell _replyBell = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<StreamId, ShardConsumer> _consumers = new();
    private readonly List<Task> _running = [];

    // Where answers are waited for: never the name of an earlier session, whose tickets mean something else, and whose queue the broker may still hold.
    private readonly string _door;
    private NoticeBoard? _notices;
    private ShardMailer? _mailer;

    // The teller's own.
    private IReadOnlyList<(StreamId Shard, long NextSequence)> _owned = [];
    private Task<IReadOnlyList<(StreamId Shard, long NextSequence)>>? _asked;
    private int _unheard;
    private bool _wasDown;
    private long _told;

    public BrokerSession(ClusterParts parts, IConnection connection)
    {
        _parts = parts;
        _connection = connection;
        _door = $"{parts.Node}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        _members = new Members(parts.Node, parts.Shards);
        _standing = new Standing(parts.Clock.Now);
        _replies = new ReplyBoxes(_replyBell.Ring);
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            Break(reason.ReplyText);
            return Task.CompletedTask;
        };
    }

    /// <summary>The nodes heard of lately.</summary>
    public IReadOnlyList<Here> Present => _members.Present(_parts.Clock.Now);

    /// <summary>The node stood still: what its doors were told before goes nowhere, and what its shards were sent others have by now.</summary>
    public void EndForStandstill()
    {
        _mailer?.RefuseWhatWaits();
        Break("This node stood still for a while.");
    }

    /// <summary>Takes part until something breaks or it is cancelled; then lets all shards go.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        await using var cancelled = cancel.Register(() => Break("This node is leaving."));
        try
        {
            await StartAsync();
            _parts.Lease.Begin(_parts.Clock.Now); // not before its mail can leave: what waited at a door would be as old as it looks young
            await _broken.Task;
            if (cancel.IsCancellationRequested && _connection.IsOpen) { await LeaveAsync(); }
        }
        finally
        {
            _parts.Lease.End();
            _parts.Links.Connect(null);
            await _end.CancelAsync();
            await Task.WhenAll(_running);
            await Task.WhenAll(_parts.Shards.Select(_parts.Host.DisownAsync)); // those too that could not be recovered just now; at once, for the engine may hang between two
        }
        return await _broken.Task;
    }

    public void Dispose()
    {
        foreach (var consumer in _consumers.Values) { consumer.Dispose(); }
        _end.Dispose();
    }

    private async Task StartAsync()
    {
        await using (var channel = await _connection.CreateChannelAsync(cancellationToken: _end.Token)) { await _parts.Topology.DeclareAsync(channel, _parts.Shards, _end.Token); }
        await new DoorConsumer(await ChannelAsync(), _parts.Topology, _door, _parts.Desk).ListenAsync(_end.Token);
        if (_parts.Roles.HasFlag(NodeRoles.Views)) { await ShowAsync(); }
        var mailer = _mailer = new ShardMailer(
            _door, _parts.Topology, await ConfirmedAsync(), _parts.DoorMailboxes, _parts.MostRedeliverable, _parts.Desk, _parts.Clock, _parts.MailBell);
        _notices = new NoticeBoard(await _connection.CreateChannelAsync(NoticeOptions, _end.Token), _parts.Topology, Hear);
        await _notices.ListenAsync(_end.Token);
        var feed = await ConfirmedAsync();
        Run(mailer.RunAsync);
        Run(new ReplySender(_parts.Topology, await ConfirmedAsync(), _replies, _replyBell, Handled).RunAsync);
        Run(cancel => _parts.TurnFeed.RunAsync(feed, cancel));
        _parts.Links.Connect(mailer);
        if (_parts.Roles.HasFlag(NodeRoles.Shards))
        {
            foreach (var shard in _parts.Shards) { await StandInLineAsync(shard); }
        }
        Run(cancel => BeHereAsync(mailer, cancel));
        Run(BalanceAsync);
        foreach (var part in _parts.Others) { await part.BeginAsync(this, _end.Token); }
    }

    /// <summary>From here on the views show what any node journals.</summary>
    private async Task ShowAsync()
    {
        await new FeedConsumer(await ChannelAsync(), _parts.Topology, _parts.Views, shard => _parts.CatchingUp.Ask(shard), _parts.Logger).ListenAsync(_end.Token);
        Run(_parts.CatchingUp.RunAsync);
    }

    private async Task StandInLineAsync(StreamId shard)
    {
        var channel = await ChannelAsync();
        await channel.BasicQosAsync(0, ShardConsumer.Prefetch, global: false, _end.Token);
        var consumer = new ShardConsumer(
            shard, channel, _parts.Topology, _parts.Host, _members, _beats, MayHandle, new Redeliverable(_parts.MostRedeliverable[shard.Market]), _replies, _parts.Counters, _parts.Clock, _parts.Time, _parts.Logger);
        _consumers[shard] = consumer;
        Run(consumer.RunAsync);
        await consumer.StandInLineAsync(_end.Token);
    }

    /// <summary>Again and again: tells that this node is here, wakes what nobody owns. Others take silence for a cut, so nothing that hangs is waited for.</summary>
    private async Task BeHereAsync(ShardMailer mailer, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(NoticeEveryMs), _parts.Time);
        do
        {
            await TellAsync(cancel);
            foreach (var shard in _members.Unowned(_parts.Clock.Now)) { mailer.Post(shard, new ClaimMail(_parts.Node)); }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    /// <summary>Again and again: gives up what others should have.</summary>
    private async Task BalanceAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(NoticeEveryMs), _parts.Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var owned = (await _parts.Host.OwnedAsync()).Select(owned => owned.Shard);
            var waiting = _consumers.Values.Where(consumer => consumer.HasMail).Select(consumer => consumer.Shard); // its own, or one it cannot recover
            await YieldAsync(_members.ToYield(owned.Union(waiting), _parts.Clock.Now), cancel);
        }
    }

    /// <summary>One after the other, so that each is away for a moment only; all at once when none of them does anything here.</summary>
    private async Task YieldAsync(IReadOnlyList<StreamId> shards, CancellationToken cancel)
    {
        var yielding = shards.Select(shard => YieldAsync(shard, cancel));
        if (_parts.Host.Down is not null) { await Task.WhenAll(yielding); }
        else
        {
            foreach (var one in yielding) { await one; }
        }
    }

    private async Task YieldAsync(StreamId shard, CancellationToken cancel)
    {
        var consumer = _consumers[shard];
        await _notices!.TellAsync(new Yielding(_parts.Node, shard), cancel);
        await consumer.YieldAsync(cancel);
        await _notices.TellAsync(new Yielded(_parts.Node, shard), cancel);
        await consumer.StandInLineAsync(cancel);
    }

    /// <summary>Hands over all it owns, one shard after the other, so that the others' wait is short.</summary>
    private async Task LeaveAsync()
    {
        foreach (var (shard, _) in await _parts.Host.OwnedAsync())
        {
            await _notices!.TellAsync(new Yielding(_parts.Node, shard), CancellationToken.None);
            await _consumers[shard].YieldAsync(CancellationToken.None);
            await _notices.TellAsync(new Yielded(_parts.Node, shard), CancellationToken.None);
        }
        await _notices!.TellAsync(new Gone(_parts.Node), CancellationToken.None);
    }

    /// <summary>A conflict over one shard, or a hiccup, makes a node unable for a moment; it gives its shards up when it is so twice in a row, or hangs.</summary>
    private async Task TellAsync(CancellationToken cancel)
    {
        await LookAsync(cancel);
        var isDown = _parts.Host.Down is not null;
        var isAble = _parts.Roles.HasFlag(NodeRoles.Shards) && !(isDown && _wasDown) && _unheard < HangsAfter;
        _wasDown = isDown;
        _standing.Telling(++_told, _parts.Clock.Now);
        await _notices!.TellAsync(new Here(_parts.Node, isAble, _parts.Http, _owned) { Door = _door, Beat = _told }, cancel);
    }

    /// <summary>What is owned now, as far as the engine says so soon.</summary>
    private async Task LookAsync(CancellationToken cancel)
    {
        var asked = _asked ??= _parts.Host.OwnedAsync();
        await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(OwnedWithinMs), _parts.Time, cancel));
        _unheard++;
        if (asked.IsCompleted) { (_owned, _asked, _unheard) = (await asked, null, 0); }
    }

    private void Hear(Notice notice)
    {
        _members.Hear(notice, _parts.Clock.Now);
        if (notice is not Here here) { return; }
        Beat(here);
        foreach (var (shard, next) in here.Owned)
        {
            if (_parts.Views.Markets.TryGetValue(shard.Market, out var view) && view.NextSequenceOf(shard.Shard) < next) { _parts.CatchingUp.Ask(shard, next); }
        }
    }

    private void Beat(Here here)
    {
        if (here.Door == _door)
        {
            if (_parts.Lease.Renew(_parts.Clock.Now)) { EndForStandstill(); } // before what waits is sent under this beat
            _standing.Heard(here.Beat);
            _mailer!.Beat = here.Beat;
        }
        _beats.Hear(here, _parts.Clock.Now);
    }

    /// <summary>Whether what the broker delivered is still for this node to do, and for no other.</summary>
    private bool MayHandle() => _parts.Lease.IsHeld(_parts.Clock.Now) && _standing.IsSure(_parts.Clock.Now);

    private void Handled(ShardDelivery delivery) => _consumers[delivery.Shard].Acknowledge(delivery.Mark);

    public async Task<IChannel> ChannelAsync()
    {
        var channel = await _connection.CreateChannelAsync(cancellationToken: _end.Token);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            Break(reason.ReplyText);
            return Task.CompletedTask;
        };
        return channel;
    }

    public async Task<ConfirmedChannel> ConfirmedAsync(bool toClients = false) =>
        new(await _connection.CreateChannelAsync(ConfirmedChannel.Options, _end.Token), Break, toClients ? _parts.Counters.CountRefused : null);

    public void Run(Func<CancellationToken, Task> part) => _running.Add(RunAsync(part));

    private async Task RunAsync(Func<CancellationToken, Task> part)
    {
        try
        {
            await Task.Yield();
            await part(_end.Token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or OperationInterruptedException or AlreadyClosedException or IOException)
        {
            Break(ended.Message);
        }
        catch (Exception fault)
        {
            _parts.Logger.LogError(fault, "A part of the cluster session failed; a new session will be begun");
            Break(fault.Message);
        }
    }

    private void Break(string reason) => _broken.TrySetResult(reason);
}
