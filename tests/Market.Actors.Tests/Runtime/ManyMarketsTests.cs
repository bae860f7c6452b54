using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

public class ManyMarketsTests
{
    [Fact]
    public void Markets_side_by_side_do_not_touch_each_other()
    {
        var alone = new TestEngine();
        var together = new TestEngine();
        var (a, b) = (Add(alone, "banana"), Add(together, "banana"));
        var others = new[] { Add(together, "kiwi"), Add(together, "mango", shards: 3) };
        foreach (var other in others)
        {
            other.Do(Alice, TraderCommand.Feed("t1", 5));
            other.Say("zoé", "good banana");
        }
        foreach (var market in new[] { a, b }) { Play(market); }
        others[0].Move(MarketAction.End);
        Streams(b, "banana").ShouldBe(Streams(a, "banana"));
        b.Shown().ShouldBe(a.Shown());
        b.Host.News.ShouldBe(a.Host.News); // the others have none
        others[0].Live(Alice).FedMonkeys.ShouldBe(5);
        others[1].View.Summary.Status.ShouldBe(MarketStatus.Running);
        b.Live(Alice).FedMonkeys.ShouldBe(1);
    }

    [Fact]
    public void Each_market_draws_its_own_chance()
    {
        var engine = new TestEngine();
        var (a, b) = (Add(engine, "banana", sigma: 0.01), Add(engine, "kiwi", sigma: 0.01));
        engine.Advance(5_000);
        a.View.PricesFrom(0, 10).Select(tick => tick.Price).ShouldNotBe(b.View.PricesFrom(0, 10).Select(tick => tick.Price));
    }

    [Fact]
    public void All_markets_of_a_node_come_back_from_one_journal()
    {
        var engine = new TestEngine();
        var markets = new[] { Add(engine, "banana"), Add(engine, "kiwi"), Add(engine, "mango", shards: 3) };
        foreach (var market in markets) { Play(market); }
        var again = new TestEngine(engine.Journal, engine.Now);
        foreach (var market in markets) { again.Add(market.Rules).Shown().ShouldBe(market.Shown()); }
        again.StateBytes().ShouldBe(engine.StateBytes());
    }

    private static void Play(TestMarket market)
    {
        market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(3)));
        market.Host.Advance(1_000);
        market.Do(Alice, TraderCommand.Feed("t2", 1));
        market.Say("zoé", "great banana");
    }

    /// <summary>The market's own turns: other markets' may lie between them.</summary>
    private static IEnumerable<string> Streams(TestMarket market, string id) =>
        market.Host.JournalBytes().Where(turn => turn.StartsWith($"{id}/", StringComparison.Ordinal)).Order();

    private static TestMarket Add(TestEngine engine, string id, int shards = 16, double sigma = 0)
    {
        var market = engine.Add(Quiet with { Market = MarketId.Of(id), Shards = shards, Price = Quiet.Price with { Sigma = sigma } });
        market.Ask(tag => new OpenMarket(Seed, market.Answers, tag));
        market.Move(MarketAction.Start);
        market.Join(Alice);
        return market;
    }
}
