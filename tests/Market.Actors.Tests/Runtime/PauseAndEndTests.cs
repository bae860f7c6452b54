using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

public class PauseAndEndTests
{
    private readonly TestMarket _market = Running();

    [Fact]
    public void A_running_market_ticks_every_second_from_its_start()
    {
        _market.View.Summary.Price.Seq.ShouldBe(1);
        _market.Host.Advance(999);
        _market.View.Summary.Price.Seq.ShouldBe(1);
        _market.Host.Advance(1);
        _market.View.Summary.Price.Seq.ShouldBe(2);
        _market.Host.Advance(60_000);
        _market.View.PricesFrom(0, 1_000).Select(tick => tick.Seq).ShouldBe(Enumerable.Range(1, 62).Select(seq => (long)seq));
        _market.Heard.OfType<PriceTick>().ShouldBe(_market.View.PricesFrom(0, 1_000));
    }

    [Fact]
    public void Ticks_that_were_slept_through_are_not_made_up_for()
    {
        _market.Host.Jump(10_500);
        _market.View.Summary.Price.ShouldSatisfyAllConditions(tick => tick.Seq.ShouldBe(2), tick => tick.Time.ShouldBe(_market.Host.Now));
        _market.Host.Advance(500);
        _market.View.Summary.Price.Seq.ShouldBe(3); // on the grid of the start again
    }

    [Fact]
    public void Every_floor_trades_at_the_newest_price()
    {
        _market.Join(Alice);
        _market.Join(Bob);
        _market.Say("zoé", "good banana");
        _market.Do(Alice, TraderCommand.Buy("t1", 1)).Price.ShouldBe(Coins.Whole(1)); // hype waits for the next tick
        _market.Host.Advance(1_000);
        _market.Do(Alice, TraderCommand.Buy("t2", 1)).Price.ShouldBe(new Coins(1_010_000));
        _market.Do(Bob, TraderCommand.Buy("t2", 1)).Price.ShouldBe(new Coins(1_010_000));
        _market.Host.Engine.Shards.ShouldAllBe(shard => shard.State.Floor.PriceSeq == 2);
    }

    [Fact]
    public void While_paused_neither_price_nor_plantation_nor_bursts_move()
    {
        _market.Join(Alice);
        Burst();
        _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(8)));
        _market.Host.Advance(50);
        _market.Move(MarketAction.Pause).ShouldBe(new Moved(true, MarketStatus.Paused));
        var before = (_market.View.Summary.Price, _market.Live(Alice), _market.Shard(0).State.Price);
        _market.Host.Advance(600_000);
        (_market.View.Summary.Price, _market.Live(Alice), _market.Shard(0).State.Price).ShouldBe(before);
        _market.Host.Engine.NextDue().ShouldBeNull();
        _market.Move(MarketAction.Resume);
        _market.Host.Advance(29);
        _market.Live(Alice).InFlightInvestments.ShouldBe(1);
        _market.Host.Advance(1); // 80 ms of market time
        _market.Live(Alice).InFlightInvestments.ShouldBe(0);
        _market.Host.Advance(919);
        _market.View.Summary.Price.Seq.ShouldBe(1);
        _market.Host.Advance(1); // 1,000 ms
        _market.View.Summary.Price.Seq.ShouldBe(2);
        _market.Host.Advance(4_000); // 5,000 ms
        _market.Shard(0).State.Price.BurstStep.ShouldBe(1);
    }

    [Fact]
    public void A_burst_reaches_the_price_step_by_step_and_survives_a_crash()
    {
        Burst();
        var prices = new List<Coins>();
        var market = _market;
        for (var step = 0; step < 10; step++)
        {
            if (step is 3 or 7) { market = market.Restarted(); }
            market.Host.Advance(5_000);
            market.View.Summary.Price.Bursting.ShouldBe(step < 9);
            prices.Add(market.View.Summary.Price.Price - Coins.Whole(1));
        }
        prices.Select(price => price.ToString()).ShouldBe(
            ["95", "85.5", "68.4", "47.88", "33.516", "26.8128", "24.13152", "22.924944", "27.509933", "30.260926"]);
    }

    [Fact]
    public void Talk_is_shown_but_moves_nothing_while_the_market_is_paused()
    {
        _market.Move(MarketAction.Pause);
        _market.Say("zoé", "good banana").Reason.ShouldBe(NotCounted.MarketClosed);
        _market.Move(MarketAction.Resume);
        _market.Host.Advance(2_000);
        _market.View.Summary.Price.Hype.ShouldBe(Coins.Zero);
        _market.View.LastGibbs(10).Count.ShouldBe(1);
    }

    [Fact]
    public void An_action_that_does_not_fit_changes_nothing_and_says_so()
    {
        _market.Move(MarketAction.Start).ShouldBe(new Moved(false, MarketStatus.Running));
        _market.Move(MarketAction.Resume).ShouldBe(new Moved(false, MarketStatus.Running));
        _market.Move(MarketAction.End).ShouldBe(new Moved(true, MarketStatus.Ended));
        _market.Move(MarketAction.Resume).ShouldBe(new Moved(false, MarketStatus.Ended));
        _market.Ask(tag => new OpenMarket(1, _market.Answers, tag)).ShouldBe(new Moved(false, MarketStatus.Ended)); // opened once
        var unopened = new TestEngine().Add(Quiet);
        unopened.Move(MarketAction.Start).ShouldBe(new Moved(false, MarketStatus.Open));
        unopened.Host.Journal.Streams().ShouldBeEmpty();
    }

    [Fact]
    public void The_end_brings_every_investment_home_and_only_then_the_board_is_final()
    {
        _market.Join(Alice);
        _market.Join(Bob);
        _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(8)));
        _market.Do(Bob, TraderCommand.Invest("t1", Coins.Whole(8)));
        var tag = 1_000L;
        _market.Region.TryAsk(new MoveMarket(MarketAction.End, _market.Answers, tag));
        var final = new List<bool>();
        while (_market.Host.Engine.Round(_market.Host.Now))
        {
            var board = _market.View.Board(10, _market.Host.Now);
            board.Final.ShouldBe(_market.View.IsFinal);
            if (board.Final) { board.Traders.ShouldAllBe(row => row.State.InFlightInvestments == 0); }
            final.Add(board.Final);
        }
        final.First().ShouldBeFalse();
        final.Last().ShouldBeTrue();
        final.ShouldBe(final.Order()); // once final, final for good
        _market.Live(Alice).Coins.ShouldBe(new Coins(11_200_000));
        _market.Host.Engine.NextDue().ShouldBeNull();
        _market.Do(Alice, TraderCommand.Feed("t2", 1)).Status.ShouldBe(Status.MarketClosed);
        var shown = _market.Shown();
        _market.Host.Advance(600_000);
        _market.Shown().ShouldBe(shown);
    }

    [Fact]
    public void More_than_a_turn_can_harvest_come_home_in_several()
    {
        var market = Running(Quiet with { Traders = new() { MaxOrderShares = 1_000_000 } });
        market.Join(Bob);
        for (var i = 0; i < 2_500; i++) { market.Tell(Bob, TraderCommand.Invest($"t{i}", new Coins(1_000))); if (i % 1_000 == 999) { market.Host.Engine.Round(market.Host.Now); } }
        market.Host.Engine.Round(market.Host.Now);
        market.Live(Bob).InFlightInvestments.ShouldBe(2_500);
        market.Move(MarketAction.End);
        market.Live(Bob).InFlightInvestments.ShouldBe(0);
        market.View.IsFinal.ShouldBeTrue();
    }

    /// <summary>A hundred coins of hype: sure to burst.</summary>
    private void Burst()
    {
        var words = string.Concat(Enumerable.Repeat(" mktd", 100));
        _market.Say("zoé", "banana" + words);
        _market.Shard(0).State.Price.ShouldSatisfyAllConditions(p => p.Hype.ShouldBe(Coins.Whole(100)), p => p.BurstStep.ShouldBe(0));
    }
}
