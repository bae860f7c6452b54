using FsCheck;
using FsCheck.Fluent;
using Market.Actors.Plantations;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Plantations;

public class PlantationFormulaTests
{
    private static readonly PlantationRules Rules = PlantationRules.Default;

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)] // 10⁻⁵ ms: never early
    [InlineData(100_000, 1)]
    [InlineData(100_001, 2)]
    [InlineData(1_000_000, 10)]
    [InlineData(5_999_900_000, 59_999)]
    [InlineData(5_999_900_001, 60_000)]
    [InlineData(6_000_000_000, 60_000)]
    [InlineData(6_000_000_001, 60_000)]
    [InlineData(long.MaxValue, 60_000)]
    public void An_investment_waits_ten_milliseconds_a_coin_and_at_most_a_minute(long totalMicro, long waitMs) =>
        PlantationFormula.WaitMs(new Coins(totalMicro), Rules).ShouldBe(waitMs);

    [Fact]
    public void Waits_come_from_the_rules()
    {
        PlantationFormula.WaitMs(Coins.Whole(3), Rules with { WaitMsPerCoin = 7 }).ShouldBe(21);
        PlantationFormula.WaitMs(Coins.Whole(3), Rules with { WaitMsPerCoin = 0 }).ShouldBe(0);
        PlantationFormula.WaitMs(Coins.Whole(3), Rules with { LongestWaitMs = 5 }).ShouldBe(5);
    }

    [Fact]
    public void A_multiplier_is_positive_and_at_most_the_highest_whatever_was_invested() =>
        Prop.ForAll<long, NormalFloat>((totalMicro, z) =>
        {
            var multiplier = PlantationFormula.Multiplier(new Coins(totalMicro & long.MaxValue), z.Get % 40, Rules);
            return multiplier is > 0 and <= 1.15;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void The_more_was_invested_the_less_comes_back()
    {
        var last = double.MaxValue;
        for (var total = 1_500; total < 9_000; total += 100)
        {
            var multiplier = PlantationFormula.Multiplier(Coins.Whole(total), 0, Rules);
            multiplier.ShouldBeLessThan(last);
            last = multiplier;
        }
        PlantationFormula.Multiplier(Coins.Whole(1_000_000_000), 0, Rules).ShouldBe(1.0356197, 1e-7); // e^0.035
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void A_draw_beyond_everything_gives_the_highest(double z) =>
        PlantationFormula.Multiplier(Coins.Whole(5_000), z, Rules).ShouldBe(1.15);

    /// <summary>Computed apart from this code: every machine must grow the same.</summary>
    [Theory]
    [InlineData(2_000, 0.5, 0x3FF180C89E3260C4)]
    [InlineData(5_000, -1.25, 0x3FF06799FBECF2E7)]
    [InlineData(1_500, -0.25, 0x3FF1F14977CD3AFD)]
    [InlineData(1_200, 0.0, 0x3FF2666666666666)]
    public void Multipliers_have_golden_bits(long total, double z, ulong bits) =>
        BitConverter.DoubleToUInt64Bits(PlantationFormula.Multiplier(Coins.Whole(total), z, Rules)).ToString("X16").ShouldBe(bits.ToString("X16"));

    [Theory]
    [InlineData(1_000_000, 1.15, 1_150_000)]
    [InlineData(1, 1.15, 1)]
    [InlineData(1, 0.5, 0)]
    [InlineData(3, 0.5, 2)]
    [InlineData(10, 1.15, 12)] // 11.5 as a double: the even one
    [InlineData(0, 1.15, 0)]
    [InlineData(9_000_000_000_000_001, 1.0, 9_000_000_000_000_001)]
    [InlineData(long.MaxValue, 1.15, long.MaxValue)]
    [InlineData(1_000_000, double.PositiveInfinity, long.MaxValue)]
    [InlineData(1_000_000, double.NaN, 0)]
    public void A_harvest_is_rounded_to_the_nearest_micro_coin_and_saturates(long investedMicro, double multiplier, long harvestMicro) =>
        PlantationFormula.Harvest(new Coins(investedMicro), multiplier).ShouldBe(new Coins(harvestMicro));

    [Fact]
    public void The_rules_default_to_the_game_as_written()
    {
        Rules.ShouldBe(new PlantationRules());
        (Rules.WaitMsPerCoin, Rules.LongestWaitMs).ShouldBe((10, 60_000));
        (Rules.Mu, Rules.Sigma, Rules.HighestMultiplier).ShouldBe((0.035, 0.01, 1.15));
        Rules.BonusScale.ShouldBe(Coins.Whole(1_000));
    }
}
