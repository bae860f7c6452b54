using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>An investment goes from its trader's shard to the plantation's and back.</summary>
public class InvestmentTests
{
    private readonly TestMarket _market = Running();

    public InvestmentTests()
    {
        _market.Join(Alice);
        _market.Join(Bob);
    }

    [Fact]
    public void The_actors_of_these_tests_live_on_different_shards()
    {
        var placement = new Placement(Quiet.Market, Quiet.Shards);
        new[] { placement.MarketShard, placement.PriceShard, placement.PlantationShard, placement.GibberShard, placement.Of(Alice) }.Distinct().Count().ShouldBe(5);
        placement.Of(Bob).ShouldBe(placement.PlantationShard); // and some on one: that must make no difference
    }

    [Fact]
    public void It_is_planted_grows_is_harvested_and_comes_home()
    {
        _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(4)));
        _market.View.Summary.InFlight.ShouldBe(1);
        var growing = Plantation().InOrder().ShouldHaveSingleItem();
        (growing.Trader, growing.TxnId, growing.DueMs).ShouldBe((Alice, "t1", 40));
        _market.Host.Advance(39);
        _market.Live(Alice).InFlightInvestments.ShouldBe(1);
        _market.Host.Advance(1);
        _market.Live(Alice).ShouldBe(new TraderState(Coins.Whole(6) + growing.Harvest, 5, 0, 0, 0, _market.Host.Now));
        var (_, trader, told) = _market.Host.News.ShouldHaveSingleItem();
        trader.ShouldBe(Alice);
        told.ShouldBe(new Result { TxnId = "t1", Type = ResultType.Return, Status = Status.Accepted, Amount = growing.Harvest, State = _market.Live(Alice) });
        Plantation().InFlight.ShouldBe(0);
        _market.View.Summary.InFlight.ShouldBe(0);
    }

    [Fact]
    public void The_wait_is_by_all_coins_the_market_ever_saw_invested()
    {
        _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(4)));
        _market.Host.Advance(100);
        _market.Do(Bob, TraderCommand.Invest("t1", Coins.Whole(6)));
        _market.Do(Alice, TraderCommand.Invest("t2", Coins.Whole(1)));
        Plantation().Total.ShouldBe(Coins.Whole(11));
        Plantation().InOrder().Select(growing => (growing.Trader, growing.DueMs)).ShouldBe([(Bob, 200L), (Alice, 210L)]);
    }

    [Fact]
    public void Many_in_flight_come_home_once_each()
    {
        var harvests = Coins.Zero;
        for (var i = 0; i < 50; i++)
        {
            _market.Do(Alice, TraderCommand.Invest($"t{i}", new Coins(100_000)));
            if (i % 10 == 0) { _market.Host.Advance(7); }
        }
        _market.Live(Alice).InFlightInvestments.ShouldBeGreaterThan(20);
        _market.Host.Advance(10_000);
        foreach (var (_, _, result) in _market.Host.News) { harvests += result.Amount!.Value; }
        _market.Host.News.Select(news => news.Result.TxnId).ShouldBe(Enumerable.Range(0, 50).Select(i => $"t{i}"), ignoreOrder: true);
        _market.Live(Alice).ShouldBe(new TraderState(Coins.Whole(5) + harvests, 5, 0, 0, 0, _market.Live(Alice).Time));
    }

    [Fact]
    public void The_return_of_the_last_one_can_bail_a_trader_out()
    {
        _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(1)));
        _market.Do(Alice, TraderCommand.Buy("t2", 9));
        _market.Do(Alice, TraderCommand.Feed("t3", 14)).State!.Value.Bailouts.ShouldBe(0); // nothing is left, but one is in flight
        _market.Host.Advance(1_000);
        var home = new Coins(1_150_000);
        _market.Live(Alice).ShouldBe(new TraderState(home + Coins.Whole(10), 5, 14, 1, 0, _market.Live(Alice).Time));
        _market.Host.News.Select(news => (news.Result.Type, news.Result.TxnId, news.Result.Amount)).ShouldBe(
            [(ResultType.Return, "t1", home), (ResultType.Bailout, "t1", Coins.Whole(10))]);
        _market.Host.News.ShouldAllBe(news => news.Result.State == _market.Live(Alice)); // nobody saw the trader poor
    }

    [Fact]
    public void A_forgotten_txnId_may_be_in_flight_twice_and_both_come_home()
    {
        var market = Running(Quiet with { Traders = new() { RememberedAnswers = 1 } });
        market.Join(Alice);
        market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(1)));
        market.Do(Alice, TraderCommand.Feed("t2", 1));
        market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(2))).Status.ShouldBe(Status.Accepted);
        market.Host.Advance(1_000);
        market.Host.News.Select(news => news.Result.Amount).ShouldBe([new Coins(1_150_000), new Coins(2_300_000)]);
        market.Live(Alice).InFlightInvestments.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)] // before it is planted
    [InlineData(20)] // while it grows
    [InlineData(40)] // when it is due
    [InlineData(100_000)] // long overdue
    public void It_survives_a_crash_and_comes_home_once(long crashAfterMs)
    {
        _market.Tell(Alice, TraderCommand.Invest("t1", Coins.Whole(4)));
        _market.Host.Engine.Round(_market.Host.Now); // one round: it is in the trader's journal and nowhere else
        if (crashAfterMs > 0) { _market.Host.Drain(); }
        _market.Host.Now = _market.Host.Now.Plus(crashAfterMs);
        var again = _market.Restarted();
        again.Host.Advance(1_000);
        again.Live(Alice).Coins.ShouldBe(new Coins(10_600_000)); // 4 at the ceiling of 1.15
        again.Live(Alice).InFlightInvestments.ShouldBe(0);
        again.Host.News.Count.ShouldBe(1);
        again.Restarted().Host.Drain();
        again.Restarted().Live(Alice).ShouldBe(again.Live(Alice));
    }

    private Actors.Plantations.PlantationState Plantation() => _market.ShardOf(Bob).State.Plantation;
}
