using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Protocol.Values;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Market.Node.Cluster;

/// <summary>
/// This node's place in the cluster: one session after the other, for as long as it runs. While there is none the doors promise nothing: what is asked
/// is answered with a failure that says why, and may be asked again.
/// </summary>
public sealed class ClusterNode(ClusterParts parts, Uri broker) : BackgroundService
{
    /// <summary>Before the next try to reach the broker, in ms.</summary>
    private const int RetryAfterMs = 500;

    /// <summary>How long a door waits for an answer, in ms: longer than a shard takes to find a new owner.</summary>
    private const int AnswerWithinMs = 15_000;

    /// <summary>The broker takes a node for dead that is silent for about twice as long.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    // Doors' mailboxes have one taker at a time: the session, or who refuses while there is none.
    private readonly Lock _taker = new();

    private volatile BrokerSession? _session;
    private volatile string? _away = "It has not reached the broker yet.";

    /// <summary>Why this node has no part in the cluster now; null when it has.</summary>
    public string? Away => _away;

    /// <summary>The nodes heard of lately; none while this one is away.</summary>
    public IReadOnlyList<Here> Present => _session?.Present ?? [];

    /// <summary>Why a command for some shard cannot be promised anything by this node's doors; null when every shard has an owner that can write.</summary>
    public string? CannotPromise
    {
        get
        {
            if (Away is { } away) { return away; }
            if (!Lease.IsHeld(parts.Clock.Now)) { return "It begins to take part, or stood still just now."; }
            var served = Present.Where(member => member.IsAble).SelectMany(member => member.Owned).Select(owned => owned.Shard).ToHashSet();
            var without = parts.Shards.Count(shard => !served.Contains(shard));
            return without == 0 ? null : $"{without} of {parts.Shards.Count} shards have no owner that can write.";
        }
    }

    /// <summary>Whether this node's doors may take commands.</summary>
    public Lease Lease => parts.Lease;

    public ClusterCounters Counters => parts.Counters;

    /// <summary>Answers that this node's doors wait for.</summary>
    public int AnswersWaitedFor => parts.Desk.Waiting;

    /// <summary>From the next session on, this takes part in each.</summary>
    public void Add(ISessionPart part) => parts.Others.Add(part);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private async Task RunAsync(CancellationToken cancel)
    {
        using var pulse = new Pulse(parts.Lease, parts.Clock, () => _session?.EndForStandstill());
        pulse.Start();
        await Task.WhenAll(TakePartAsync(cancel), GiveUpAsync(cancel));
    }

    private async Task TakePartAsync(CancellationToken cancel)
    {
        string? said = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var connection = await Factory().CreateConnectionAsync(cancel);
                using var session = _session = new BrokerSession(parts, connection);
                lock (_taker) { _away = null; }
                said = null;
                parts.Logger.LogInformation("{Node} takes part in the cluster", parts.Node);
                _away = await session.RunAsync(cancel);
            }
            catch (BrokerUnreachableException unreachable)
            {
                _away = $"RabbitMQ at {broker.Host}:{broker.Port} cannot be reached: {(unreachable.InnerException ?? unreachable).Message}";
            }
            catch (Exception unreachable) when (unreachable is OperationInterruptedException or AlreadyClosedException or IOException or OperationCanceledException)
            {
                _away = unreachable.Message;
            }
            _session = null;
            if (cancel.IsCancellationRequested) { return; }
            if (_away != said) { parts.Logger.LogWarning("{Node} is not part of the cluster now, and tries again: {Reason}", parts.Node, _away); }
            said = _away;
            await Task.Delay(TimeSpan.FromMilliseconds(RetryAfterMs), parts.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>While away refuses what doors are asked at once; always gives up on what was asked too long ago.</summary>
    private async Task GiveUpAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), parts.Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var now = parts.Clock.Now;
            lock (_taker)
            {
                if (_away is not null) { Refuse(now.Plus(1)); }
            }
            if (_away is null) { parts.Desk.FailOlderThan(now.Plus(-AnswerWithinMs), new Failure(FailureKind.Unreachable, "The shard did not answer in time; send it again with the same txnId.")); }
        }
    }

    private void Refuse(Timestamp before)
    {
        var failure = new Failure(FailureKind.Unreachable, $"This node cannot reach the cluster: {_away} Send it again with the same txnId.");
        foreach (var mailbox in parts.DoorMailboxes.Values) { mailbox.Refuse(failure); }
        parts.Desk.FailOlderThan(before, failure);
    }

    private ConnectionFactory Factory() => new()
    {
        Uri = broker,
        ClientProvidedName = parts.Node,
        AutomaticRecoveryEnabled = false, // a session is begun anew, whole
        SocketFactory = QuickSocket.Open,
        RequestedHeartbeat = Heartbeat,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
        ConsumerDispatchConcurrency = 1,
    };
}
