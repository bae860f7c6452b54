using Market.Actors.Prices;
using Market.Fixtures;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Prices;

/// <summary>The original's burst from a hype of 10 coins.</summary>
public class BurstGoldenTests
{
    private static readonly PriceRules Rules = PriceRules.Default;

    [Fact]
    public void Each_of_the_ten_steps_leaves_what_the_original_left_to_the_micro_coin()
    {
        var rows = Golden.Rows("burst.jsonl");
        rows.Count.ShouldBe(Rules.BurstSteps.Length);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Number("mult").ShouldBe(Rules.BurstSteps[i]);
            rows[i].Number("atMs").ShouldBe((i + 1) * Rules.BurstStepMs);
            var after = PriceFormula.AfterStep(Coins.Nearest(rows[i].Number("hypeBefore")), Rules.BurstSteps[i]);
            Off(after, rows[i].Number("hypeRemaining")).ShouldBeLessThanOrEqualTo(1, $"step {i + 1}");
        }
    }

    [Fact]
    public void Ten_steps_in_a_row_stay_within_a_micro_coin_of_the_original()
    {
        var hype = Coins.Whole(10);
        foreach (var row in Golden.Rows("burst.jsonl"))
        {
            hype = PriceFormula.AfterStep(hype, row.Number("mult"));
            Off(hype, row.Number("hypeRemaining")).ShouldBeLessThanOrEqualTo(1, row.Text("step"));
        }
        hype.ToString().ShouldBe("3.026092");
    }

    private static long Off(Coins ours, double original) => Math.Abs(ours.Micro - Coins.Nearest(original).Micro);
}
