using System.Text.Json;
using Market.Actors.Chance;
using Market.Actors.Plantations;
using Market.Actors.Tests.Chance;
using Market.Fixtures;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Plantations;

/// <summary>Waits and returns at seven totals, against the closed form and against a million draws of the original each.</summary>
public class PlantationGoldenTests
{
    private const int Draws = 200_000;

    private static readonly PlantationRules Rules = PlantationRules.Default;
    private static readonly PlantationRules Uncapped = Rules with { HighestMultiplier = double.MaxValue };

    public static readonly TheoryData<double> Totals = [0, 10, 100, 500, 1_000, 2_000, 5_000];

    [Fact]
    public void Every_golden_total_is_tested() =>
        Rows().Select(row => row.Number("total")).ShouldBe([0, 10, 100, 500, 1_000, 2_000, 5_000]);

    [Theory]
    [MemberData(nameof(Totals))]
    public void An_investment_waits_as_long_as_the_originals(double total) =>
        PlantationFormula.WaitMs(Coins.Nearest(total), Rules).ShouldBe((long)Row(total).Number("waitMs"));

    [Theory]
    [MemberData(nameof(Totals))]
    public void Returns_have_the_distribution_of_the_originals(double total)
    {
        var row = Row(total);
        var ours = Draw(total, Rules);
        ours.ShouldAgreeWith(row.GetProperty("closedForm"), Rules.Sigma, Rules.HighestMultiplier);
        ours.ShouldAgreeWith(row.GetProperty("sample"), Rules.Sigma, Rules.HighestMultiplier);
        ours.ShouldBeCapped(Rules.HighestMultiplier, row.GetProperty("closedForm").Number("probabilityCapped"));
        ours.ShouldBeCapped(Rules.HighestMultiplier, row.Number("sampleFractionCapped"), row.GetProperty("sample").Number("n"));
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public void Returns_without_the_ceiling_have_the_distribution_of_the_originals(double total) =>
        Draw(total, Uncapped).ShouldAgreeWith(Row(total).GetProperty("uncappedSample"), Rules.Sigma);

    [Theory]
    [MemberData(nameof(Totals))]
    public void The_middle_draw_is_the_median_to_the_last_digits(double total)
    {
        var median = Row(total).GetProperty("closedForm").Number("uncappedMedian");
        PlantationFormula.Multiplier(Coins.Nearest(total), 0, Uncapped).ShouldBe(median, 1e-15 * median);
    }

    private static SampleSummary Draw(double total, PlantationRules rules)
    {
        var stream = ChanceStream.For(20180320, $"/banana/plantation/{(int)total}");
        return new SampleSummary(Draws, i => PlantationFormula.Multiplier(Coins.Nearest(total), stream.Normal(i), rules));
    }

    private static JsonElement Row(double total) => Rows().Single(row => row.Number("total") == total);

    private static JsonElement.ArrayEnumerator Rows() => Golden.Document("invest.json").GetProperty("rows").EnumerateArray();
}
