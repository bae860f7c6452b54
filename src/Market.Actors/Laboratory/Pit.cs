using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Laboratory;

/// <summary>
/// One shard of a laboratory's market and all the players whose traders live on it. In a step it takes its mail, lets its players act
/// on the new price, and takes turns until nothing is left to do without the other pits; what it has for those is handed over after the
/// step. Owned by the thread that steps it.
/// </summary>
public sealed class Pit : IClerk, IAnswerTo<Result>, IAnswerTo<Joined>, INewsFeed, IPeers, IDisposable
{
    /// <summary>Commands sent on being told something, for each player and moment; more are refused, as a door refuses a flood.</summary>
    private const int MostReplies = 1_000;

    private const int SlotShift = 32;

    private readonly LaboratoryPlan _plan;
    private readonly Placement _placement;
    private readonly Shard _shard;
    private readonly ITxnIds _txnIds = new NumberTxnIds();
    private readonly PitRecord _record;
    private readonly IPitWitness? _witness;

    // By slot: the order in which they joined.
    private readonly List<Player> _players = [];
    private readonly HashSet<int> _sentHome = [];

    // What is to do: traders to join, commands and requests that found the mailbox full, and the price to play by.
    private readonly Queue<Contestant> _toJoin = new();
    private readonly Queue<Contestant> _joining = new();
    private readonly Queue<Envelope> _waiting = new();
    private PriceTick? _toPlay;
    private int _nextToPlay;

    // Who is being called, and how much was sent in answer at this moment.
    private int _called;
    private bool _replying;
    private long _replies;
    private Timestamp _moment;

    private readonly List<(int ToShard, object Mail)> _outgoing = [];

    internal Pit(LaboratoryPlan plan, Placement placement, int shard, DeadLetters deadLetters)
    {
        (_plan, _placement) = (plan, placement);
        var state = new ShardState(shard, placement, plan.Rules.Traders.RememberedAnswers);
        var stream = new StreamId(plan.Rules.Market, shard);
        _shard = new Shard(state, plan.Rules, new Mailbox(plan.Rules.MailboxCapacity, () => { }), deadLetters, new StreamReplay(stream, state));
        _record = new PitRecord(plan.Mix.Parts.Length);
        _witness = plan.Witness?.Invoke(stream);
    }

    public StreamId Stream => _shard.Stream;

    /// <summary>Bots that threw, and play no more.</summary>
    public int SentHome => _sentHome.Count;

    internal ShardState State => _shard.State;

    internal PitRecord Record => _record;

    /// <summary>What it has for other pits, and perhaps for itself, in order.</summary>
    internal List<(int ToShard, object Mail)> Outgoing => _outgoing;

    /// <summary>When it has something to do though nobody gives it anything; null when never.</summary>
    internal Timestamp? NextDue() => _shard.NextDue();

    internal bool WantsStep(Timestamp now) => _toPlay is not null || _waiting.Count > 0 || _toJoin.Count > 0 || _shard.WantsTurn(now);

    internal void Join(Contestant contestant) => _toJoin.Enqueue(contestant);

    /// <summary>Mail of another pit: a request for one of the market's actors, or what shards tell each other.</summary>
    internal void Receive(object mail)
    {
        if (mail is Request request) { _waiting.Enqueue(new Envelope { Body = request }); }
        else { _shard.Mailbox.PostLink(mail); }
    }

    /// <summary>The players act on this in the next step, after the mail that tells the shard the same.</summary>
    internal void Announce(in PriceTick tick) => (_toPlay, _nextToPlay) = (tick, 0);

    /// <summary>Does all that can be done at this moment without the other pits.</summary>
    public void Step(Timestamp now)
    {
        if (now > _moment) { (_moment, _replies) = (now, 0); }
        TakeTurns(now);
        Play(now);
    }

    public void Dispose() => _record.Dispose();

    bool IClerk.TrySend(in TraderCommand command, long number)
    {
        if (_replying && ++_replies > (long)MostReplies * _players.Count) { return false; }
        var tag = ((long)_called << SlotShift) | number;
        Post(new Envelope { Trader = _players[_called].Trader, Command = command, AnswerTo = this, Tag = tag });
        return true;
    }

    bool IClerk.TryPost(string text)
    {
        _outgoing.Add((_placement.GibberShard, new PostGibb(_players[_called].Trader.Name, text, "bot", Unheard.Instance)));
        return true;
    }

    void IAnswerTo<Result>.Answer(long tag, in Result answer)
    {
        var player = Call((int)(tag >> SlotShift));
        try { player?.Answered(tag & uint.MaxValue, answer, answer.State ?? player.Desk.State); }
        catch (Exception fault) when (fault is not InvariantBrokenException) { SendHome(); }
        _replying = false;
    }

    void IAnswerTo<Result>.Fail(long tag, Failure failure) => _players[(int)(tag >> SlotShift)].Failed(tag & uint.MaxValue, failure.Kind);

    void INewsFeed.Tell(MarketId market, TraderKey trader, in Result result)
    {
        Invariant.Require(_shard.State.Traders.TryFind(trader, out var slot), "News is of a trader that joined.");
        var player = Call(slot);
        try { player?.Told(result, result.State ?? player.Desk.State); }
        catch (Exception fault) when (fault is not InvariantBrokenException) { SendHome(); }
        _replying = false;
    }

    void IAnswerTo<Joined>.Answer(long tag, in Joined answer)
    {
        var contestant = _joining.Dequeue();
        var chance = ChanceStream.For(_plan.Seed, $"/{Stream.Market}/bot/{contestant.Key}");
        var player = new Player(contestant.Temperament.Create(chance), contestant.Key, _txnIds, _plan.Rules.Traders.MaxOrderShares, this);
        player.Seated(answer.State);
        _players.Add(player);
    }

    void IAnswerTo<Joined>.Fail(long tag, Failure failure) => throw new InvariantBrokenException($"Without faults everybody can join: {failure.Message}");

    void IPeers.Send(StreamId from, int toShard, object mail) => _outgoing.Add((toShard, mail));

    /// <summary>Takes turns until the shard has nothing more to do, or waits for its peers.</summary>
    private void TakeTurns(Timestamp now)
    {
        do { Refill(); }
        while (_shard.WantsTurn(now) && TakeTurn(now));
    }

    /// <returns>False when nothing came of it: the shard takes no commands until its peers have caught up.</returns>
    private bool TakeTurn(Timestamp now)
    {
        var waiting = _shard.Mailbox.Depth;
        var turn = _shard.TakeTurn(now);
        if (turn is { } happened)
        {
            _record.Took(happened);
            _witness?.Took(happened);
        }
        _shard.Release(this, this);
        return turn is not null || _shard.Mailbox.Depth < waiting;
    }

    private void Refill()
    {
        while (_waiting.TryPeek(out var next) && _shard.Mailbox.TryPost(next)) { _waiting.Dequeue(); }
        while (_toJoin.TryPeek(out var next) && _shard.Mailbox.TryPost(new Envelope { Body = new JoinTrader(next.Key, this) }))
        {
            _toJoin.Dequeue();
            _joining.Enqueue(next);
            _record.Joins(next.Part);
        }
    }

    /// <summary>Asks the players in turn; a pit whose shard waits for others goes on from there in its next step.</summary>
    private void Play(Timestamp now)
    {
        if (_toPlay is not { } tick) { return; }
        var room = Math.Max(1, _plan.Rules.MailboxCapacity - Desk.MaxUnanswered);
        for (; _nextToPlay < _players.Count; _nextToPlay++)
        {
            if (_shard.Mailbox.Depth >= room) { TakeTurns(now); }
            if (_shard.Mailbox.Depth >= room) { return; }
            Play(_nextToPlay, tick);
        }
        _toPlay = null;
        TakeTurns(now);
    }

    private void Play(int slot, in PriceTick tick)
    {
        if (_sentHome.Count > 0 && _sentHome.Contains(slot)) { return; }
        _called = slot;
        try { _players[slot].Priced(tick); }
        catch (Exception fault) when (fault is not InvariantBrokenException) { SendHome(); }
    }

    /// <summary>Null for one that plays no more.</summary>
    private Player? Call(int slot)
    {
        (_called, _replying) = (slot, true);
        return _sentHome.Count > 0 && _sentHome.Contains(slot) ? null : _players[slot];
    }

    /// <summary>One bot at fault does not stop the others.</summary>
    private void SendHome() => _sentHome.Add(_called);

    private void Post(in Envelope envelope)
    {
        if (_waiting.Count > 0 || !_shard.Mailbox.TryPost(envelope)) { _waiting.Enqueue(envelope); }
    }

    /// <summary>Nobody waits for what becomes of a gibb.</summary>
    private sealed class Unheard : IAnswerTo<Gibb>
    {
        public static readonly Unheard Instance = new();

        public void Answer(long tag, in Gibb answer)
        {
        }

        public void Fail(long tag, Failure failure)
        {
        }
    }
}
