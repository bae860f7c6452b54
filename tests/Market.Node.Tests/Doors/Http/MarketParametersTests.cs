using System.Reflection;
using System.Text.Json;
using Market.Actors.Gibber;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Actors.Traders;

namespace Market.Node.Tests.Doors.Http;

/// <summary>What a player can learn of the rules.</summary>
public sealed class MarketParametersTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Theory]
    [InlineData(typeof(PriceRules))]
    [InlineData(typeof(PlantationRules))]
    [InlineData(typeof(GibberRules))]
    [InlineData(typeof(TraderRules))]
    public async Task Every_rule_of_a_market_is_told_by_some_name(Type rules)
    {
        var parameters = await ParametersAsync();

        foreach (var rule in rules.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract"))
        {
            var word = Words(rule.Name).MaxBy(part => part.Length)!;
            parameters.EnumerateObject().ShouldContain(told => told.Name.Contains(word, StringComparison.OrdinalIgnoreCase), $"{rules.Name}.{rule.Name}");
        }
    }

    [Fact]
    public async Task Numbers_and_words_are_those_of_the_rules()
    {
        var parameters = await ParametersAsync();

        parameters.Whole("tickMs").ShouldBe(3_600_000);
        parameters.Coins("priceFloor").ShouldBe(0.01m);
        parameters.GetProperty("burstSteps").GetArrayLength().ShouldBe(10);
        parameters.Coins("plantationBonusScaleCoins").ShouldBe(1_000);
        parameters.GetProperty("gibbPositiveWords").EnumerateArray().Select(word => word.GetString()).ShouldContain("love");
        parameters.Whole("maxOrderShares").ShouldBe(1_000);
        parameters.GetProperty("joinCodeNeeded").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Join_code_is_asked_for_and_not_told()
    {
        await using var node = await NodeFixture.StartAsync(options => options with { JoinCode = "open-sesame" });

        var market = await node.GetAsync("/api/markets/banana");

        market["parameters"].GetProperty("joinCodeNeeded").GetBoolean().ShouldBeTrue();
        market.Text.ShouldNotContain("open-sesame");
    }

    private async Task<JsonElement> ParametersAsync() => (await shared.Node.GetAsync("/api/markets/banana"))["parameters"];

    private static IEnumerable<string> Words(string name) => System.Text.RegularExpressions.Regex.Matches(name, "[A-Z][a-z]+").Select(match => match.Value);
}
