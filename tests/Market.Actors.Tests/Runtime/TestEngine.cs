using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Runtime;

/// <summary>An engine, a journal, views, and a clock moved by hand. Nothing happens but in a call.</summary>
public sealed class TestEngine : INewsFeed
{
    /// <summary>More rounds than any test has work for: an engine that still wants more at the same moment spins.</summary>
    private const int MostRounds = 10_000;

    private readonly Dictionary<MarketId, MarketView> _views = [];

    public TestEngine(IJournal? journal = null, Timestamp? now = null)
    {
        Journal = journal ?? new MemoryJournal();
        Now = now ?? new Timestamp(1_521_570_896_000);
        Views = new NodeViews(_views);
        Engine = new Engine(Journal, Views, this, DeadLetters, () => Woken++);
    }

    public IJournal Journal { get; }

    public Engine Engine { get; }

    public NodeViews Views { get; }

    public DeadLetters DeadLetters { get; } = new();

    public Timestamp Now { get; set; }

    public int Woken { get; private set; }

    /// <summary>Results nobody asked for, in order.</summary>
    public List<(MarketId Market, TraderKey Trader, Result Result)> News { get; } = [];

    /// <summary>Called before news are kept.</summary>
    public Action<Result> Heard { get; set; } = _ => { };

    public TestMarket Add(MarketRules rules, int prices = 100, int gibbs = 100)
    {
        var market = new TestMarket(this, rules, prices, gibbs);
        _views.Add(rules.Market, market.View);
        market.Open(Engine.Add(rules));
        return market;
    }

    /// <summary>Rounds until nothing is left to do now.</summary>
    /// <returns>How many there were.</returns>
    public int Drain()
    {
        for (var rounds = 0; rounds < MostRounds; rounds++)
        {
            if (!Engine.Round(Now)) { return rounds; }
        }
        throw new InvalidOperationException($"After {MostRounds} rounds there is still something to do.");
    }

    /// <summary>Lets time pass, doing whatever is due when it is due.</summary>
    public void Advance(long ms)
    {
        var until = Now.Plus(ms);
        Drain();
        while (Engine.NextDue() is { } due && due <= until)
        {
            if (due > Now) { Now = due; }
            Drain();
        }
        Jump(until.MsSince(Now));
    }

    /// <summary>Lets time pass while nobody is there.</summary>
    public void Jump(long ms)
    {
        Now = Now.Plus(ms);
        Drain();
    }

    /// <summary>The state of every shard, bit for bit.</summary>
    public IReadOnlyDictionary<StreamId, string> StateBytes() => Engine.Shards.ToDictionary(shard => shard.Stream, shard =>
    {
        var to = new BytesWriter();
        SnapshotCodec.Write(to, shard.State);
        return Convert.ToHexString(to.Written);
    });

    /// <summary>All turns of the journal, bit for bit.</summary>
    public IReadOnlyList<string> JournalBytes() =>
        [.. Journal.Read(Journal.Streams().ToDictionary(stream => stream, _ => 1L)).Select(turn => $"{turn.Stream}@{turn.FirstSequence}: {Convert.ToHexString(turn.Bytes.Span)}")];

    void INewsFeed.Tell(MarketId market, TraderKey trader, in Result result)
    {
        Heard(result);
        News.Add((market, trader, result));
    }
}
