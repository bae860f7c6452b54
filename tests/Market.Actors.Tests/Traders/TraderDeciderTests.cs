using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Traders;

/// <summary>Given a trader and a price, a command: its status, and the trader after it. Amounts in micro-coins where not said otherwise.</summary>
public class TraderDeciderTests
{
    private const long Coin = Coins.MicroPerCoin;
    private static readonly Timestamp Now = new(1_000);

    [Theory]
    [InlineData(10 * Coin, 5, 3, Coin, Status.Accepted, 7 * Coin, 8)]
    [InlineData(10 * Coin, 5, 10, Coin, Status.Accepted, 0, 15)] // the last coin
    [InlineData((10 * Coin) - 1, 5, 10, Coin, Status.InsufficientCoins, (10 * Coin) - 1, 5)]
    [InlineData(0, 0, 1, 1, Status.InsufficientCoins, 0, 0)]
    [InlineData(10 * Coin, 0, 1_000, 10_000, Status.Accepted, 0, 1_000)] // the largest order
    [InlineData(10 * Coin, 0, 1_001, 1, Status.OrderTooLarge, 10 * Coin, 0)]
    [InlineData(0, 0, 1_001, Coin, Status.OrderTooLarge, 0, 0)] // too large comes before too dear
    [InlineData(10 * Coin, 0, long.MaxValue, Coin, Status.OrderTooLarge, 10 * Coin, 0)]
    public void Buying_takes_the_price_of_every_share(long coins, long shares, long n, long price, Status status, long coinsAfter, long sharesAfter)
    {
        var (happened, after) = Decide(Trader(coins, shares, inFlight: 1), TraderCommand.Buy("t", n), price);
        happened.ShouldBe(Event(status, TraderEventType.Bought, CommandType.Buy, n, price));
        after.ShouldBe(Trader(coinsAfter, sharesAfter, inFlight: 1, changed: status is Status.Accepted));
    }

    [Theory]
    [InlineData(0, 5, 3, Coin, Status.Accepted, 3 * Coin, 2)]
    [InlineData(0, 5, 5, 1, Status.Accepted, 5, 0)] // the last share
    [InlineData(0, 5, 6, Coin, Status.InsufficientShares, 0, 5)]
    [InlineData(0, 0, 1, Coin, Status.InsufficientShares, 0, 0)]
    [InlineData(0, 5_000, 1_000, Coin, Status.Accepted, 1_000 * Coin, 4_000)]
    [InlineData(0, 5_000, 1_001, Coin, Status.OrderTooLarge, 0, 5_000)]
    [InlineData(0, 0, 1_001, Coin, Status.OrderTooLarge, 0, 0)] // too large comes before too few
    [InlineData(0, 5_000, long.MaxValue, Coin, Status.OrderTooLarge, 0, 5_000)]
    public void Selling_gives_the_price_of_every_share(long coins, long shares, long n, long price, Status status, long coinsAfter, long sharesAfter)
    {
        var (happened, after) = Decide(Trader(coins, shares, inFlight: 1), TraderCommand.Sell("t", n), price);
        happened.ShouldBe(Event(status, TraderEventType.Sold, CommandType.Sell, n, price));
        after.ShouldBe(Trader(coinsAfter, sharesAfter, inFlight: 1, changed: status is Status.Accepted));
    }

    [Theory]
    [InlineData(10 * Coin, 1, Status.Accepted, (10 * Coin) - 1)] // a single micro-coin
    [InlineData(10 * Coin, 10 * Coin, Status.Accepted, 0)]
    [InlineData(10 * Coin, (10 * Coin) + 1, Status.InsufficientCoins, 10 * Coin)]
    [InlineData(0, 1, Status.InsufficientCoins, 0)]
    [InlineData(10 * Coin, long.MaxValue, Status.InsufficientCoins, 10 * Coin)]
    public void Investing_puts_coins_in_flight(long coins, long invested, Status status, long coinsAfter)
    {
        var (happened, after) = Decide(Trader(coins, 0, inFlight: 2), TraderCommand.Invest("t", new Coins(invested)), Coin);
        happened.ShouldBe(Event(status, TraderEventType.Invested, CommandType.Invest, invested, price: 0));
        var accepted = status is Status.Accepted;
        after.ShouldBe(Trader(coinsAfter, 0, inFlight: accepted ? 3 : 2, changed: accepted));
    }

    [Theory]
    [InlineData(5, 1, Status.Accepted)]
    [InlineData(5, 5, Status.Accepted)]
    [InlineData(5, 6, Status.InsufficientShares)]
    [InlineData(0, 1, Status.InsufficientShares)]
    [InlineData(5, long.MaxValue, Status.InsufficientShares)]
    [InlineData(long.MaxValue, 1_001, Status.Accepted)] // only orders are limited in size
    public void Feeding_gives_a_share_to_every_monkey(long shares, long monkeys, Status status)
    {
        var (happened, after) = Decide(Trader(4 * Coin, shares), TraderCommand.Feed("t", monkeys), Coin);
        happened.ShouldBe(Event(status, TraderEventType.Fed, CommandType.Feed, monkeys, price: 0));
        var fed = status is Status.Accepted ? monkeys : 0;
        after.ShouldBe(Trader(4 * Coin, shares - fed, fed: fed, changed: fed > 0));
    }

    [Fact]
    public void Limits_of_an_order_come_from_the_rules()
    {
        var rules = new TraderRules { MaxOrderShares = 2 };
        TraderDecider.Decide(Trader(10 * Coin, 0), TraderCommand.Buy("t", 2), Coins.Whole(1), rules).Status.ShouldBe(Status.Accepted);
        TraderDecider.Decide(Trader(10 * Coin, 0), TraderCommand.Buy("t", 3), Coins.Whole(1), rules).Status.ShouldBe(Status.OrderTooLarge);
    }

    [Fact]
    public void The_event_says_when_the_trader_sent_it()
    {
        var command = TraderCommand.Feed("t", 1) with { SentAt = new Timestamp(77) };
        TraderDecider.Decide(Trader(10 * Coin, 5), command, Coins.Whole(1), TraderRules.Default).SentAt.ShouldBe(new Timestamp(77));
        TraderDecider.Decide(Trader(10 * Coin, 0), command, Coins.Whole(1), TraderRules.Default).SentAt.ShouldBe(new Timestamp(77));
    }

    [Theory]
    [InlineData(3_000_000, 1, true)] // exactly 3 coins
    [InlineData(3_000_001, 1, false)]
    [InlineData(0, 1, true)]
    [InlineData(0, 2, false)] // a share is left
    public void Who_is_left_with_no_share_and_at_most_three_coins_is_bailed_out(long coins, long shares, bool bailedOut)
    {
        var (happened, after) = Decide(Trader(coins, shares, bailouts: 4), TraderCommand.Feed("t", 1), Coin);
        happened.BailedOut.ShouldBe(bailedOut);
        after.ShouldBe(bailedOut
            ? Trader(coins + (10 * Coin), 5, fed: 1, bailouts: 5, changed: true)
            : Trader(coins, shares - 1, fed: 1, bailouts: 4, changed: true));
    }

    [Fact]
    public void A_bailout_does_not_pay_for_a_command_that_must_be_refused()
    {
        var poor = Trader(3 * Coin, 0);
        foreach (var command in new[] { TraderCommand.Feed("t", 1), TraderCommand.Sell("t", 5), TraderCommand.Buy("t", 4), TraderCommand.Invest("t", Coins.Whole(4)) })
        {
            var (happened, after) = Decide(poor, command, Coin);
            happened.Type.ShouldBe(TraderEventType.Refused);
            happened.BailedOut.ShouldBeFalse();
            after.ShouldBe(poor);
        }
    }

    [Fact]
    public void Nobody_is_bailed_out_while_an_investment_is_in_flight()
    {
        Decide(Trader(0, 1, inFlight: 1), TraderCommand.Feed("t", 1), Coin).Happened.BailedOut.ShouldBeFalse();
        Decide(Trader(Coin, 0), TraderCommand.Invest("t", Coins.Whole(1)), Coin).Happened.BailedOut.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 0, 1, 3 * Coin, true)]
    [InlineData(0, 0, 1, (3 * Coin) + 1, false)]
    [InlineData(0, 0, 2, Coin, false)] // another one is still in flight
    [InlineData(0, 1, 1, Coin, false)]
    public void The_return_of_the_last_investment_can_end_in_a_bailout(long coins, long shares, int inFlight, long home, bool bailedOut)
    {
        var before = Trader(coins, shares, inFlight);
        var happened = TraderDecider.Return(before, new Coins(home));
        happened.ShouldBe(new TraderEvent(TraderEventType.Returned, default, home, Coins.Zero, Status.Accepted, bailedOut, null));
        var after = TraderEvolution.Evolve(before, happened, Now);
        after.ShouldBe(bailedOut
            ? Trader(coins + home + (10 * Coin), 5, inFlight - 1, bailouts: 1, changed: true)
            : Trader(coins + home, shares, inFlight - 1, changed: true));
    }

    private static (TraderEvent Happened, TraderState After) Decide(in TraderState state, in TraderCommand command, long price)
    {
        var happened = TraderDecider.Decide(state, command, new Coins(price), TraderRules.Default);
        return (happened, TraderEvolution.Evolve(state, happened, Now));
    }

    private static TraderState Trader(long coins, long shares, int inFlight = 0, long fed = 0, int bailouts = 0, bool changed = false) =>
        new(new Coins(coins), shares, fed, bailouts, inFlight, changed ? Now : default);

    private static TraderEvent Event(Status status, TraderEventType accepted, CommandType command, long amount, long price) =>
        new(status is Status.Accepted ? accepted : TraderEventType.Refused, command, amount, new Coins(price), status, false, null);
}
