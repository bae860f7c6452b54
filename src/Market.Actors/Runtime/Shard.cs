using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// A single-writer loop, one step at a time: <see cref="TakeTurn"/> lets the actors decide what waits in the mailbox and hands over the
/// bytes to journal; then either <see cref="Release"/>, once they are durable, or <see cref="Fail"/>, after which this object is
/// thrown away and the shard recovered from its journal. Owned by one thread; only the mailbox is everybody's.
/// </summary>
public sealed class Shard
{
    /// <summary>Messages not acknowledged for so long are sent again, in ms: far above a turn, well under a person's patience.</summary>
    public const long ResendAfterMs = 1_000;

    /// <summary>With more messages owed than this, a shard takes no commands until its peers have caught up.</summary>
    private const int MaxOwed = 100_000;

    private readonly Outbound _outbound = new();
    private readonly Turn _turn;
    private readonly TraderActors _traders;
    private readonly MarketActors _market;
    private readonly DeadLetters _deadLetters;
    private readonly SortedSet<int> _toAcknowledge = [];

    // By peer: when all it is owed is sent again. Of meaning only while an acknowledgement is awaited.
    private readonly Timestamp[] _resendAt;

    // The last snapshot: the next event's number then, its size, and the bytes journaled since.
    private long _snapshotAt;
    private int _snapshotBytes;
    private long _bytesSince;

    public Shard(ShardState state, MarketRules rules, Mailbox mailbox, DeadLetters deadLetters, StreamReplay recovered)
    {
        State = state;
        Mailbox = mailbox;
        Stream = new StreamId(rules.Market, state.Shard);
        _deadLetters = deadLetters;
        _resendAt = new Timestamp[state.Links.Count];
        _snapshotAt = recovered.From;
        _turn = new Turn(Stream, state, recovered.NextSequence, recovered.Before, recovered.Time);
        _traders = new TraderActors(state, _turn, _outbound, rules.Traders);
        _market = new MarketActors(state, _turn, _outbound, rules);
    }

    public StreamId Stream { get; }

    public ShardState State { get; }

    public Mailbox Mailbox { get; }

    /// <summary>Number of the next event.</summary>
    public long NextSequence => _turn.NextSequence;

    /// <summary>Checksum of the last turn.</summary>
    public uint Before => _turn.Before;

    /// <summary>Time of the last turn.</summary>
    public Timestamp Time => _turn.Time;

    /// <summary>Time of the last turn that was journaled.</summary>
    public Timestamp HappenedAt => _turn.HappenedAt;

    /// <summary>When this shard wants a turn without any mail; null when it does not.</summary>
    public Timestamp? NextDue()
    {
        var due = _market.NextDue();
        for (var peer = 0; peer < State.Links.Count; peer++)
        {
            var link = State.Links[peer];
            if (link.HasUnsent) { return _turn.Time; }
            if (link.IsAwaiting && !(due <= _resendAt[peer])) { due = _resendAt[peer]; }
        }
        return due;
    }

    /// <summary>Commands that may not be taken yet are no reason for a turn: what lets them in is mail of a peer.</summary>
    public bool WantsTurn(Timestamp now) => Mailbox.HasLinks || (Mailbox.Depth > 0 && TakesCommands()) || NextDue() <= now;

    /// <summary>Lets the actors decide what waits and what is due.</summary>
    /// <returns>What must be durable before <see cref="Release"/>; null when nothing happened.</returns>
    public JournaledTurn? TakeTurn(Timestamp now)
    {
        _turn.Begin(now);
        var mail = Mailbox.TakeAll(withCommands: TakesCommands());
        foreach (var link in mail.Links) { Receive(link); }
        _market.TimePassed();
        foreach (ref var envelope in mail.Commands)
        {
            Handle(envelope);
            envelope = default;
        }
        var turn = _turn.End();
        _bytesSince += turn?.Bytes.Length ?? 0;
        return turn;
    }

    /// <summary>The turn is durable: answers and messages go out.</summary>
    public void Release(INewsFeed feed, IPeers peers)
    {
        if (_toAcknowledge.Count > 0) { Acknowledge(peers); }
        SendOwed(peers);
        _outbound.Say(Stream.Market, feed);
    }

    /// <summary>The turn is not durable, or nobody knows. Nothing more may be asked of this object.</summary>
    public void Fail(Failure failure) => _outbound.Fail(failure);

    /// <summary>Whether more than so many events happened since the last snapshot, in so many times its bytes.</summary>
    internal bool WantsSnapshot(long after, int times) => NextSequence - _snapshotAt > after && _bytesSince >= (long)times * _snapshotBytes;

    /// <summary>The state as it is, to be kept; between a turn's release and the next turn only.</summary>
    internal Snapshot TakeSnapshot(IJournalFollower follower)
    {
        (_snapshotAt, _bytesSince) = (NextSequence, 0); // first of all: one that fails is not tried again at once
        var snapshot = Recovery.Take(this, follower, _snapshotBytes);
        _snapshotBytes = snapshot.Bytes.Length;
        return snapshot;
    }

    private void Handle(in Envelope envelope)
    {
        var before = _turn.Count;
        try
        {
            if (envelope.Trader is not null) { _traders.Command(envelope); }
            else { Handle((Request)envelope.Body!, before); }
        }
        catch (Exception cause) when (cause is not InvariantBrokenException && _turn.Count == before)
        {
            Bury(envelope, cause);
        }
    }

    /// <summary>What a request with an id did, and that it did it, are in one turn: so it is never done again.</summary>
    private void Handle(Request request, int before)
    {
        if (State.Requests.TryAnswerAgain(request, _outbound)) { return; }
        switch (request)
        {
            case JoinTrader join: _traders.Join(join); break;
            case PostGibb post: _market.Post(post); break;
            case MoveMarket move: _market.Move(move); break;
            case OpenMarket open: _market.Open(open); break;
            default: throw new NotSupportedException($"No actor here knows the request {request.GetType().Name}.");
        }
        if (request.Id != 0 && _turn.Count > before) { _turn.Happen(new RequestAnswered(request.Id)); }
    }

    /// <summary>Deciding failed before anything happened: the command is refused and kept with its cause.</summary>
    private void Bury(in Envelope envelope, Exception cause)
    {
        var actor = envelope.Trader is { } trader ? $"/{Stream.Market}/trader/{trader}" : $"/{Stream.Market}";
        var what = envelope.Body?.GetType().Name ?? $"{envelope.Command.Type} {envelope.Command.TxnId}";
        _deadLetters.Add(new DeadLetter(_turn.Time, actor, what, cause.ToString()));
        var failure = new Failure(FailureKind.Fault, "Handling this failed; nothing happened. It was kept as a dead letter for the organiser.");
        envelope.AnswerTo?.Fail(envelope.Tag, failure);
        (envelope.Body as Request)?.Fail(failure);
    }

    private void Receive(object mail)
    {
        switch (mail)
        {
            case LinkBatch batch: Receive(batch); break;
            case LinkAcknowledgement done when done.UpTo >= State.Links[done.FromShard].FirstOwed:
                _turn.Happen(new MessagesAcknowledged(done.FromShard, done.UpTo));
                _resendAt[done.FromShard] = _turn.Time.Plus(ResendAfterMs);
                break;
        }
    }

    /// <summary>Handles what is new in a batch; what was handled before is only acknowledged again, what comes too early is sent again.</summary>
    private void Receive(LinkBatch batch)
    {
        var received = State.Links[batch.FromShard].Received;
        var next = received + 1;
        if (batch.FirstNumber > next) { return; }
        for (var i = (int)(next - batch.FirstNumber); i < batch.Messages.Count; i++, next++)
        {
            if (batch.Messages[i] is ComeHome home) { _traders.ComeHome(home); }
            else { _market.Message(batch.Messages[i]); }
        }
        if (next - 1 > received) { _turn.Happen(new MessagesReceived(batch.FromShard, next - 1)); }
        _toAcknowledge.Add(batch.FromShard);
    }

    private void Acknowledge(IPeers peers)
    {
        foreach (var peer in _toAcknowledge) { peers.Send(Stream, peer, new LinkAcknowledgement(State.Shard, State.Links[peer].Received)); }
        _toAcknowledge.Clear();
    }

    /// <summary>Each peer has its own patience: what goes on between others does not put off what one did not acknowledge.</summary>
    private void SendOwed(IPeers peers)
    {
        for (var peer = 0; peer < State.Links.Count; peer++)
        {
            var link = State.Links[peer];
            if (link.IsAwaiting && _turn.Time >= _resendAt[peer]) { link.SendAgain(); }
            if (!link.IsAwaiting) { _resendAt[peer] = _turn.Time.Plus(ResendAfterMs); }
            if (link.TakeUnsent(State.Shard) is { } batch) { peers.Send(Stream, peer, batch); }
        }
    }

    private bool TakesCommands()
    {
        var owed = 0;
        for (var peer = 0; peer < State.Links.Count; peer++) { owed += State.Links[peer].Owed.Count; }
        return owed < MaxOwed;
    }
}

/// <summary>Carries mail from one shard to another of the same market; may lose, repeat and reorder it.</summary>
public interface IPeers
{
    void Send(StreamId from, int toShard, object mail);
}
