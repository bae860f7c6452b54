using Market.Actors.Chance;
using Market.Actors.Prices;
using Market.Actors.Tests.Chance;
using Market.Fixtures;

namespace Market.Actors.Tests.Prices;

/// <summary>The multipliers of the base, against the closed form and against a million draws of the original.</summary>
public class MultiplierGoldenTests
{
    private const int Draws = 200_000;

    [Fact]
    public void Multipliers_have_the_distribution_of_the_originals()
    {
        var golden = Golden.Document("mult.json");
        var rules = PriceRules.Default;
        (rules.Mu, rules.Sigma).ShouldBe((golden.Number("mu"), golden.Number("sigma")));
        var stream = ChanceStream.For(20180320, "/banana/price");
        var ours = new SampleSummary(Draws, i => stream.LogNormal(i, rules.Mu, rules.Sigma));
        ours.ShouldAgreeWith(golden.GetProperty("closedForm"), rules.Sigma);
        ours.ShouldAgreeWith(golden.GetProperty("sample"), rules.Sigma);
    }
}
