using FsCheck;
using FsCheck.Fluent;
using Market.Actors.Prices;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Prices;

public class PriceFormulaTests
{
    private static readonly PriceRules Rules = PriceRules.Default;

    [Theory]
    [InlineData(1.0, 0, 1_000_000)]
    [InlineData(1.25, 30_000, 1_280_000)]
    [InlineData(3.0 / 128, 0, 23_438)] // exactly 23,437.5: half a micro-coin goes to the even one
    [InlineData(5.0 / 128, 0, 39_062)] // exactly 39,062.5
    [InlineData(1.0, -989_999, 10_001)]
    [InlineData(1.0, -990_000, 10_000)]
    [InlineData(1.0, -1_000_000, 10_000)]
    [InlineData(1.0, -5_000_000, 10_000)]
    [InlineData(999_999_999.0, 1_000_000, 1_000_000_000_000_000)]
    [InlineData(double.MaxValue, 0, 1_000_000_000_000_000)]
    [InlineData(double.PositiveInfinity, 0, 1_000_000_000_000_000)]
    [InlineData(double.NegativeInfinity, 0, 10_000)]
    [InlineData(double.NaN, 0, 10_000)]
    [InlineData(0.0, long.MaxValue, 1_000_000_000_000_000)]
    [InlineData(0.0, long.MinValue, 10_000)]
    public void Price_is_base_and_hype_between_floor_and_ceiling(double basePrice, long hypeMicro, long priceMicro) =>
        PriceFormula.Price(basePrice, new Coins(hypeMicro), Rules).ShouldBe(new Coins(priceMicro));

    [Fact]
    public void Floor_and_ceiling_come_from_the_rules()
    {
        var narrow = Rules with { Floor = Coins.Whole(2), Ceiling = Coins.Whole(3) };
        PriceFormula.Price(1, Coins.Zero, narrow).ShouldBe(Coins.Whole(2));
        PriceFormula.Price(9, Coins.Zero, narrow).ShouldBe(Coins.Whole(3));
    }

    [Fact]
    public void No_base_and_no_hype_make_a_price_outside_the_rules_or_a_forecast_that_is_no_number() =>
        Prop.ForAll<double, long>((basePrice, hypeMicro) =>
        {
            var price = PriceFormula.Price(basePrice, new Coins(hypeMicro), Rules);
            var forecast = PriceFormula.Forecast(PriceFormula.NextEma(null, price), price);
            return price >= Rules.Floor && price <= Rules.Ceiling && forecast == 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_base_grows_by_its_multiplier() => PriceFormula.NextBase(2, 1.01).ShouldBe(2 * 1.01);

    [Theory]
    [InlineData(double.MaxValue, 2)]
    [InlineData(double.Epsilon, 0.1)]
    [InlineData(3, double.NaN)]
    [InlineData(3, double.PositiveInfinity)]
    [InlineData(3, 0)]
    public void A_base_never_gets_stuck_at_zero_or_infinity(double basePrice, double multiplier) =>
        PriceFormula.NextBase(basePrice, multiplier).ShouldBe(basePrice);

    [Fact]
    public void The_first_average_is_the_price_and_the_first_forecast_exactly_1()
    {
        var price = Coins.Nearest(1.9248451493389909); // the original forecast 1.0000000000000002 here
        var ema = PriceFormula.NextEma(null, price);
        ema.ShouldBe(price.ToDouble());
        PriceFormula.Forecast(ema, price).ShouldBe(1);
    }

    [Fact]
    public void Later_averages_keep_nine_tenths()
    {
        (1 - PriceFormula.DefaultEmaFactor).ShouldBe(0.9);
        PriceFormula.NextEma(2, Coins.Whole(3)).ShouldBe((2 * 0.9) + (3 * 0.1));
        PriceFormula.NextEma(2, Coins.Whole(3), 0.25).ShouldBe(2.25);
        PriceFormula.NextEma(2, Coins.Whole(3), 1).ShouldBe(3);
    }

    [Theory]
    [InlineData(10, 0.5, 5)]
    [InlineData(1, 0.5, 0)]
    [InlineData(3, 0.5, 2)]
    [InlineData(-1, 0.5, 0)]
    [InlineData(-3, 0.5, -2)]
    [InlineData(-10_000_000, 0.95, -9_500_000)]
    [InlineData(0, 1.2, 0)]
    [InlineData(long.MaxValue, 1.2, long.MaxValue)]
    [InlineData(long.MinValue, 1.2, long.MinValue)]
    public void A_step_rounds_to_the_nearest_micro_coin_ties_to_even(long before, double step, long after) =>
        PriceFormula.AfterStep(new Coins(before), step).ShouldBe(new Coins(after));

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1_000_000, 0.01)]
    [InlineData(50_000_000, 0.5)]
    [InlineData(100_000_000, 1)]
    [InlineData(long.MaxValue, 1)]
    public void A_burst_is_as_likely_as_the_hype_is_high(long hypeMicro, double probability) =>
        PriceFormula.BurstProbability(new Coins(hypeMicro), Rules).ShouldBe(probability);

    [Fact]
    public void The_rules_default_to_the_game_as_written()
    {
        Rules.ShouldBe(new PriceRules());
        (Rules.TickMs, Rules.BurstStepMs).ShouldBe((1_000, 5_000));
        (Rules.Mu, Rules.Sigma, Rules.EmaFactor, Rules.BurstProbabilityPerCoin).ShouldBe((0.0001, 0.01, 0.1, 0.01));
        (Rules.Floor.ToString(), Rules.Ceiling.ToString()).ShouldBe(("0.01", "1000000000"));
        Rules.BurstSteps.ShouldBe([0.95, 0.9, 0.8, 0.7, 0.7, 0.8, 0.9, 0.95, 1.2, 1.1]);
    }
}
