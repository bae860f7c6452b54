using FsCheck;
using FsCheck.Fluent;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Traders;

/// <summary>At the ends of what numbers hold nothing overflows, and nothing is given away.</summary>
public class TraderDeciderLimitsTests
{
    private static readonly Coins FullPurse = Coins.Whole(9_000_000_000_000);
    private static readonly Coins Ceiling = Coins.Whole(1_000_000_000);
    private static readonly TraderRules Generous = new() { MaxOrderShares = 1_000_000 };

    [Fact]
    public void A_price_of_all_shares_that_does_not_fit_is_more_than_anybody_has()
    {
        var rich = Trader(FullPurse, 0);
        Decide(rich, TraderCommand.Buy("t", 9_000)).Status.ShouldBe(Status.Accepted);
        Decide(rich, TraderCommand.Buy("t", 9_001)).Status.ShouldBe(Status.InsufficientCoins);
        Decide(rich, TraderCommand.Buy("t", 1_000_000)).Status.ShouldBe(Status.InsufficientCoins); // 10¹⁵ coins
    }

    [Fact]
    public void A_sale_that_would_not_fit_the_purse_is_too_large()
    {
        Decide(Trader(Coins.Zero, 1_000_000), TraderCommand.Sell("t", 9_000)).Status.ShouldBe(Status.Accepted);
        Decide(Trader(Coins.Zero, 1_000_000), TraderCommand.Sell("t", 9_001)).Status.ShouldBe(Status.OrderTooLarge);
        Decide(Trader(Coins.Zero, 1_000_000), TraderCommand.Sell("t", 1_000_000)).Status.ShouldBe(Status.OrderTooLarge);
        Decide(Trader(FullPurse, 1), TraderCommand.Sell("t", 1)).Status.ShouldBe(Status.OrderTooLarge);
        Decide(Trader(FullPurse - Ceiling, 1), TraderCommand.Sell("t", 1)).Status.ShouldBe(Status.Accepted);
        Decide(Trader(FullPurse, 0), TraderCommand.Sell("t", 1)).Status.ShouldBe(Status.InsufficientShares); // there is nothing to sell
    }

    [Fact]
    public void What_comes_home_fills_the_purse_and_no_more()
    {
        Returned(FullPurse - Coins.Whole(1), Coins.Whole(5)).ShouldBe(Coins.Whole(1));
        Returned(FullPurse, Coins.Whole(5)).ShouldBe(Coins.Zero);
        Returned(Coins.Zero, new Coins(long.MaxValue)).ShouldBe(FullPurse);
        Returned(Coins.Zero, Coins.Zero).ShouldBe(Coins.Zero);
    }

    [Fact]
    public void Whatever_is_asked_of_whomever_the_rules_hold() => Prop.ForAll(Traders(), Commands(), Prices(), (state, command, price) =>
    {
        var happened = TraderDecider.Decide(state, command, price, Generous);
        var after = TraderEvolution.Evolve(state, happened, new Timestamp(1));
        after.Coins.ShouldBeGreaterThanOrEqualTo(Coins.Zero);
        after.Shares.ShouldBeGreaterThanOrEqualTo(0);
        if (happened.Status is not Status.Accepted)
        {
            after.ShouldBe(state);
            happened.BailedOut.ShouldBeFalse();
            return;
        }
        var help = happened.BailedOut ? 1 : 0;
        var poor = after.Coins - Coins.Whole(10 * help) <= Coins.Whole(3) && after.Shares == 5 * help && after.InFlightInvestments == 0;
        happened.BailedOut.ShouldBe(poor);
        (after.Bailouts - state.Bailouts).ShouldBe(help);
        (after.Coins - Coins.Whole(10 * help) - state.Coins).ShouldBe(Gain(command, price));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    private static Coins Gain(TraderCommand command, Coins price) => command.Type switch
    {
        CommandType.Buy => new Coins(-price.Micro * command.Amount),
        CommandType.Sell => new Coins(price.Micro * command.Amount),
        CommandType.Invest => new Coins(-command.Amount),
        _ => Coins.Zero,
    };

    private static Arbitrary<TraderState> Traders() => Arb.From(
        from coins in Gen.OneOf(Gen.Choose(0, 20_000_000).Select(micro => (long)micro), Gen.Constant(FullPurse.Micro))
        from shares in Gen.OneOf(Gen.Choose(0, 10), Gen.Choose(0, 2_000_000))
        from inFlight in Gen.Choose(0, 2)
        select Trader(new Coins(coins), shares) with { InFlightInvestments = inFlight });

    private static Arbitrary<TraderCommand> Commands() => Arb.From(
        from type in Gen.Elements(CommandType.Buy, CommandType.Sell, CommandType.Invest, CommandType.Feed)
        from amount in Gen.OneOf(
            Gen.Choose(1, 10).Select(n => (long)n), Gen.Choose(1, 20_000_000).Select(n => (long)n), Gen.Elements(1_000_000L, 1_000_001L, long.MaxValue))
        select new TraderCommand(type, "t", amount));

    private static Arbitrary<Coins> Prices() => Arb.From(
        Gen.OneOf(Gen.Choose(10_000, 5_000_000).Select(micro => new Coins(micro)), Gen.Constant(Ceiling)));

    private static Coins Returned(Coins coins, Coins amount) =>
        new(TraderDecider.Return(Trader(coins, 0) with { InFlightInvestments = 1 }, amount).Amount);

    private static TraderEvent Decide(in TraderState state, in TraderCommand command) => TraderDecider.Decide(state, command, Ceiling, Generous);

    private static TraderState Trader(Coins coins, long shares) => new(coins, shares, 0, 0, 0, default);
}
