using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Runtime;

/// <summary>The shards of one market without an engine: each takes its turn when told, and mail between them lies about until it is delivered.</summary>
public sealed class LooseShards : IPeers, INewsFeed
{
    private readonly MemoryJournal _journal = new();
    private readonly MarketRules _rules;
    private readonly Placement _placement;
    private readonly Mailbox[] _mailboxes;
    private readonly Shard[] _shards;

    public LooseShards(MarketRules rules)
    {
        _rules = rules;
        _placement = new Placement(rules.Market, rules.Shards);
        _mailboxes = [.. Enumerable.Range(0, rules.Shards).Select(_ => new Mailbox(1_000, () => { }))];
        _shards = [.. Enumerable.Range(0, rules.Shards).Select(Recover)];
    }

    public Timestamp Now { get; set; } = new(1_521_570_896_000);

    /// <summary>Mail on its way: to which shard, and what.</summary>
    public List<(int To, object Mail)> OnItsWay { get; } = [];

    public RecordingSink Answers { get; } = new();

    public List<(TraderKey Trader, Result Result)> News { get; } = [];

    public Shard this[int shard] => _shards[shard];

    public Shard this[TraderKey trader] => _shards[_placement.Of(trader)];

    public Placement Placement => _placement;

    public void Post(TraderKey trader, TraderCommand command, long tag = 0) =>
        _mailboxes[_placement.Of(trader)].TryPost(new Envelope { Trader = trader, Command = command, AnswerTo = Answers, Tag = tag });

    /// <summary>Commands and requests that a shard has not taken yet.</summary>
    public int Waiting(int shard) => _mailboxes[shard].Depth;

    public void Post(int shard, Request request) => _mailboxes[shard].TryPost(new Envelope { Body = request });

    /// <summary>One turn of one shard: decided, journaled, said.</summary>
    public void Turn(int shard)
    {
        if (_shards[shard].TakeTurn(Now) is { } turn) { _journal.Append([turn]); }
        _shards[shard].Release(this, this);
    }

    /// <summary>The machine under a shard dies; another finds its journal. What lay in its mailbox is gone.</summary>
    public void Crash(int shard)
    {
        _mailboxes[shard].TakeAll();
        _shards[shard] = Recover(shard);
    }

    public void Deliver(int index)
    {
        var (to, mail) = OnItsWay[index];
        _mailboxes[to].PostLink(mail);
    }

    /// <summary>Delivers everything, and lets all take turns, until all is quiet.</summary>
    public void Settle()
    {
        for (var rounds = 0; rounds < 1_000; rounds++)
        {
            var mail = OnItsWay.ToArray();
            OnItsWay.Clear();
            foreach (var (to, one) in mail) { _mailboxes[to].PostLink(one); }
            var wanting = _shards.Where(shard => shard.WantsTurn(Now)).ToList();
            foreach (var shard in wanting) { Turn(shard.Stream.Shard); }
            if (mail.Length == 0 && wanting.Count == 0) { return; }
        }
        throw new InvalidOperationException("The shards never come to rest.");
    }

    void IPeers.Send(StreamId from, int toShard, object mail) => OnItsWay.Add((toShard, mail));

    void INewsFeed.Tell(MarketId market, TraderKey trader, in Result result) => News.Add((trader, result));

    private Shard Recover(int shard)
    {
        var stream = new StreamId(_rules.Market, shard);
        var state = new ShardState(shard, _placement, _rules.Traders.RememberedAnswers);
        var replay = new StreamReplay(stream, state);
        foreach (var turn in _journal.Read(new Dictionary<StreamId, long> { [stream] = 1 })) { replay.Turn(turn); }
        return new Shard(state, _rules, _mailboxes[shard], new DeadLetters(), replay);
    }

    public string StateBytes(int shard)
    {
        var to = new BytesWriter();
        SnapshotCodec.Write(to, _shards[shard].State);
        return Convert.ToHexString(to.Written);
    }
}
