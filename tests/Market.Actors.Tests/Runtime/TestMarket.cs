using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Runtime;

/// <summary>One market in a <see cref="TestEngine"/>: asks its actors, waits for what they answer, and sees what people would see.</summary>
public sealed class TestMarket : IMarketListener
{
    public static readonly TraderKey Alice = new("BONOBO", "alice"); // of 16 shards, on shard 4
    public static readonly TraderKey Bob = new("ALOUATE", "bob"); // on shard 11, as is the plantation
    public const ulong Seed = 20_180_320;

    private MarketRegion? _region;
    private long _lastTag;

    internal TestMarket(TestEngine host, MarketRules rules, int prices, int gibbs)
    {
        (Host, Rules) = (host, rules);
        View = new MarketView(rules.Market, rules.Shards, rules.Teams, prices, gibbs, this);
    }

    /// <summary>Sixteen shards and a price that stands still at one coin, so that sums can be made in the head.</summary>
    public static MarketRules Quiet { get; } = new()
    {
        Market = MarketId.Of("banana"),
        Price = PriceRules.Default with { Mu = 0, Sigma = 0 },
    };

    public TestEngine Host { get; }

    public MarketRules Rules { get; }

    public MarketView View { get; }

    public RecordingSink Answers { get; init; } = new();

    /// <summary>What listeners of the view heard, in order.</summary>
    public List<object> Heard { get; } = [];

    public IReadOnlyList<Mailbox> Mailboxes { get; private set; } = [];

    public MarketRegion Region => _region!;

    /// <summary>A market that was opened, is running, and has had its first tick.</summary>
    public static TestMarket Running(MarketRules? rules = null, IJournal? journal = null)
    {
        var market = new TestEngine(journal).Add(rules ?? Quiet);
        market.Ask(tag => new OpenMarket(Seed, market.Answers, tag));
        market.Move(MarketAction.Start);
        return market;
    }

    /// <summary>A crash: another engine that knows nothing but the journal.</summary>
    public TestMarket Restarted(MarketRules? rules = null) => new TestEngine(Host.Journal, Host.Now).Add(rules ?? Rules);

    /// <summary>Posts a command; its answer comes when the engine is let.</summary>
    public long Tell(TraderKey trader, in TraderCommand command)
    {
        Region.TryTell(trader, command, Answers, ++_lastTag).ShouldBeTrue("the mailbox is full");
        return _lastTag;
    }

    public Result Do(TraderKey trader, in TraderCommand command)
    {
        var tag = Tell(trader, command);
        Host.Drain();
        return Answers.Result(tag);
    }

    /// <summary>Posts a request; its answer comes when the engine is let.</summary>
    public long Post(Func<long, Request> request)
    {
        Region.TryAsk(request(++_lastTag)).ShouldBeTrue("the mailbox is full");
        return _lastTag;
    }

    /// <summary>Asks and waits.</summary>
    public object Ask(Func<long, Request> request)
    {
        var tag = Post(request);
        Host.Drain();
        return Answers[tag];
    }

    public Moved Move(MarketAction action) => (Moved)Ask(tag => new MoveMarket(action, Answers, tag));

    public Joined Join(TraderKey trader) => (Joined)Ask(tag => new JoinTrader(trader, Answers, tag));

    public Gibb Say(string author, string text) => (Gibb)Ask(tag => new PostGibb(author, text, "api", Answers, tag));

    /// <summary>As people see it.</summary>
    public TraderState Seen(TraderKey trader) => View.Trader(trader) ?? throw new ArgumentException($"{trader} did not join.");

    /// <summary>As its actor knows it.</summary>
    public TraderState Live(TraderKey trader)
    {
        var traders = ShardOf(trader).State.Traders;
        traders.TryFind(trader, out var slot).ShouldBeTrue($"{trader} did not join");
        return traders[slot].State;
    }

    public Shard ShardOf(TraderKey trader) => Shard(new Placement(Rules.Market, Rules.Shards).Of(trader));

    public Shard Shard(int number) => Host.Engine.Shards.Single(shard => shard.Stream == new StreamId(Rules.Market, number));

    /// <summary>Everything people see, in one text.</summary>
    public string Shown()
    {
        var board = View.Board(1_000, default);
        return string.Join('\n', [
            board with { Teams = [], Traders = [] }, .. board.Teams, .. board.Traders, View.Summary, .. View.PricesFrom(0, 10_000), .. View.LastGibbs(10_000)]);
    }

    internal void Open(IReadOnlyList<Mailbox> mailboxes) => (Mailboxes, _region) = (mailboxes, new MarketRegion(Rules, mailboxes));

    void IMarketListener.Ticked(MarketId market, in PriceTick tick) => Heard.Add(tick);

    void IMarketListener.Posted(MarketId market, Gibb gibb) => Heard.Add(gibb);

    void IMarketListener.Moved(MarketId market, MarketStatus status) => Heard.Add(status);
}
