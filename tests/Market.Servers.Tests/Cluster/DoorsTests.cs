using System.Text.Json;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Cluster;

[Collection(nameof(ThreeNodes))]
public sealed class DoorsTests(ThreeNodes three)
{
    [SkippableFact]
    public async Task Every_door_serves_every_trader_and_shows_the_same_board()
    {
        await three.WholeAsync();
        var bots = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Bot.JoinAsync(three.Doors[number % 3], $"everywhere-{number}")));
        foreach (var bot in bots)
        {
            for (var i = 0; i < three.Doors.Length; i++)
            {
                var result = await bot.DoAsync($$"""{"txnId":"feed-{{i}}","type":"FEED","monkeys":1}""", three.Doors[i]);
                result.GetProperty("status").GetString().ShouldBe("ACCEPTED");
                result.GetProperty("state").GetProperty("fedMonkeys").GetInt32().ShouldBe(i + 1);
            }
        }

        foreach (var door in three.Doors) { await Eventually.TrueAsync(async () => await Looks.FedAsync(door, "everywhere-") == 36); }
    }

    [SkippableFact]
    public async Task The_same_command_by_every_door_at_once_has_one_effect_and_one_answer()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[0], "at-once");
        const string Feed = """{"txnId":"once","type":"FEED","monkeys":2}""";

        var results = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => bot.DoAsync(Feed, three.Doors[i % 3])));

        results.Count(result => result.GetProperty("status").GetString() == "ACCEPTED").ShouldBe(1);
        results.Where(result => result.GetProperty("status").GetString() == "DUPLICATE").Select(result => result.GetProperty("first").GetString()).ShouldBe(Enumerable.Repeat("ACCEPTED", 8));
        results.Select(result => result.GetProperty("state").GetRawText()).Distinct().ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_market_has_one_price_wherever_it_is_looked_at()
    {
        await three.WholeAsync();
        var seq = (await Looks.PriceAsync(three.Doors[0])).GetProperty("seq").GetInt64() + 3;

        var prices = new List<JsonElement>();
        foreach (var door in three.Doors)
        {
            await Eventually.TrueAsync(async () => (await Looks.PriceAsync(door)).GetProperty("seq").GetInt64() > seq);
            prices.Add(await Looks.PriceAsync(door, seq));
        }

        prices.Select(price => price.GetRawText()).Distinct().ShouldHaveSingleItem();
    }
}
