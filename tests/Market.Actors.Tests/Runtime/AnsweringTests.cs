using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

public class AnsweringTests
{
    private readonly TestMarket _market = Running();

    [Fact]
    public void An_accepted_order_is_answered_with_its_price_and_the_state_after_it()
    {
        _market.Join(Alice);
        var result = _market.Do(Alice, TraderCommand.Buy("t1", 3));
        result.ShouldBe(new Result
        {
            TxnId = "t1", Type = ResultType.Market, Status = Status.Accepted, Price = Coins.Whole(1),
            State = new TraderState(Coins.Whole(7), 8, 0, 0, 0, _market.Host.Now),
        });
        _market.Seen(Alice).ShouldBe(result.State!.Value);
        _market.Live(Alice).ShouldBe(result.State.Value);
    }

    [Fact]
    public void A_refused_order_is_answered_with_its_price_and_the_state_as_it_was()
    {
        var joined = _market.Join(Alice);
        _market.Host.Advance(500);
        _market.Do(Alice, TraderCommand.Buy("t1", 11)).ShouldBe(new Result
        {
            TxnId = "t1", Type = ResultType.Market, Status = Status.InsufficientCoins, Price = Coins.Whole(1), State = joined.State,
        });
    }

    [Fact]
    public void Feeding_and_investing_need_no_price()
    {
        _market.Join(Alice);
        _market.Do(Alice, TraderCommand.Feed("t1", 2)).ShouldSatisfyAllConditions(
            r => r.Type.ShouldBe(ResultType.Feed), r => r.Price.ShouldBeNull(), r => r.State!.Value.FedMonkeys.ShouldBe(2));
        _market.Do(Alice, TraderCommand.Invest("t2", Coins.Whole(4))).ShouldSatisfyAllConditions(
            r => r.Type.ShouldBe(ResultType.Invest), r => r.Price.ShouldBeNull(), r => r.State!.Value.InFlightInvestments.ShouldBe(1));
    }

    [Fact]
    public void A_bailout_is_in_the_state_and_is_told_as_well()
    {
        _market.Join(Alice);
        _market.Do(Alice, TraderCommand.Buy("t1", 7));
        var result = _market.Do(Alice, TraderCommand.Feed("t2", 12)); // 3 coins and no share are left
        result.State.ShouldBe(new TraderState(Coins.Whole(13), 5, 12, 1, 0, _market.Host.Now));
        var (_, trader, told) = _market.Host.News.ShouldHaveSingleItem();
        trader.ShouldBe(Alice);
        told.ShouldBe(new Result { TxnId = "t2", Type = ResultType.Bailout, Status = Status.Accepted, Amount = Coins.Whole(10), State = result.State });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MarketAction.Pause)]
    [InlineData(MarketAction.End)]
    public void Who_did_not_join_is_unauthorized_whether_the_market_runs_or_not(MarketAction? moved)
    {
        if (moved is { } action) { _market.Move(action); }
        _market.Do(Alice, TraderCommand.Buy("t1", 1)).ShouldBe(new Result { TxnId = "t1", Type = ResultType.Market, Status = Status.Unauthorized });
    }

    [Theory]
    [InlineData(MarketAction.Pause)]
    [InlineData(MarketAction.End)]
    public void A_market_that_does_not_run_is_closed_to_new_commands_and_to_old_ones(MarketAction action)
    {
        _market.Join(Alice);
        var before = _market.Do(Alice, TraderCommand.Feed("t1", 1));
        _market.Move(action);
        foreach (var command in new[] { TraderCommand.Feed("t1", 1), TraderCommand.Feed("t1", 2), TraderCommand.Feed("t2", 1), TraderCommand.Buy("t3", 9_999) })
        {
            _market.Do(Alice, command).ShouldBe(new Result { TxnId = command.TxnId, Type = Result.TypeOf(command.Type), Status = Status.MarketClosed, State = before.State });
        }
        _market.Live(Alice).ShouldBe(before.State!.Value);
    }

    [Fact]
    public void A_market_that_has_not_started_is_closed_and_may_be_joined()
    {
        var market = new TestEngine().Add(Quiet);
        market.Ask(tag => new OpenMarket(Seed, market.Answers, tag)).ShouldBe(new Moved(true, MarketStatus.Open));
        market.Join(Alice).ShouldBe(new Joined(false, TraderState.Initial(market.Host.Now)));
        market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.MarketClosed);
        market.Move(MarketAction.Start);
        market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted); // a closed market remembered nothing
    }

    [Fact]
    public void A_trader_joins_once()
    {
        _market.Join(Alice).ShouldBe(new Joined(false, TraderState.Initial(_market.Host.Now)));
        var now = _market.Do(Alice, TraderCommand.Feed("t1", 1)).State!.Value;
        _market.Join(Alice).ShouldBe(new Joined(true, now));
        _market.Live(Alice).ShouldBe(now);
        _market.View.Summary.Traders.ShouldBe(1);
    }

    [Fact]
    public void Two_that_join_under_one_name_in_one_turn_are_one_trader()
    {
        _market.Region.TryAsk(new JoinTrader(Alice, _market.Answers, 101));
        _market.Region.TryAsk(new JoinTrader(Alice, _market.Answers, 102));
        _market.Host.Drain();
        ((Joined)_market.Answers[101]).Taken.ShouldBeFalse();
        ((Joined)_market.Answers[102]).Taken.ShouldBeTrue();
    }

    [Fact]
    public void Answers_come_in_the_order_of_the_commands()
    {
        _market.Join(Alice);
        _market.Join(Bob);
        var first = _market.Answers.All.Count;
        var tags = Enumerable.Range(0, 50).Select(i => _market.Tell(i % 7 == 0 ? new TraderKey("DRILL", "nobody") : Alice, TraderCommand.Buy($"t{i % 30}", 1))).ToList();
        _market.Host.Drain();
        var ofAlice = tags.Where((_, i) => i % 7 != 0);
        _market.Answers.All.Skip(first).Select(one => one.Tag).Where(ofAlice.Contains).ShouldBe(ofAlice);
        _market.Answers.All.Count.ShouldBe(first + 50);
    }

    [Fact]
    public void A_full_mailbox_takes_no_more_and_others_go_on()
    {
        var market = Running(Quiet with { MailboxCapacity = 3 });
        market.Join(Alice);
        market.Join(Bob);
        for (var i = 0; i < 3; i++) { market.Tell(Alice, TraderCommand.Feed($"t{i}", 1)); }
        market.Region.TryTell(Alice, TraderCommand.Feed("t3", 1), market.Answers, 999).ShouldBeFalse();
        market.Region.TryAsk(new JoinTrader(Alice, market.Answers, 999)).ShouldBeFalse();
        market.Region.MailboxDepths.Max().ShouldBe(3);
        market.Do(Bob, TraderCommand.Feed("t0", 1)).Status.ShouldBe(Status.Accepted);
        market.Live(Alice).FedMonkeys.ShouldBe(3);
        market.Answers.All.ShouldNotContain(one => one.Tag == 999);
        market.Do(Alice, TraderCommand.Feed("t3", 1)).Status.ShouldBe(Status.Accepted);
    }

    [Fact]
    public void A_command_may_be_told_without_an_address_for_the_answer()
    {
        _market.Join(Alice);
        _market.Region.TryTell(Alice, TraderCommand.Feed("t1", 1), null, 0).ShouldBeTrue();
        _market.Host.Drain();
        _market.Live(Alice).FedMonkeys.ShouldBe(1);
    }

    [Fact]
    public void The_trader_is_woken_for_the_first_of_what_waits()
    {
        var woken = _market.Host.Woken;
        _market.Tell(Alice, TraderCommand.Feed("t1", 1));
        _market.Tell(Alice, TraderCommand.Feed("t2", 1));
        _market.Host.Woken.ShouldBe(woken + 1);
    }
}
