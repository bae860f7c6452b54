using System.Text.Json;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Doors.Http;

/// <summary>The history of a market that ticks, and the market itself.</summary>
public sealed class PricesTests : IAsyncLifetime
{
    private NodeFixture _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeFixture.StartAsync(options => options.WithTick(10) with { History = new Market.Node.Config.HistoryOptions(Prices: 20) });
        await using var socket = await _node.ConnectAsync();
        await socket.WatchAsync("price");
        while ((await socket.NextAsync("price")).Whole("seq") < 25) { }
        await _node.AdminAsync("pause");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Prices_come_oldest_first_without_a_gap_and_as_many_as_are_kept()
    {
        var ticks = await PricesAsync("");

        ticks.Count.ShouldBe(20);
        ticks.Select(tick => tick.Whole("seq")).ShouldBe(Enumerable.Range((int)ticks[0].Whole("seq"), 20).Select(seq => (long)seq));
        ticks.ShouldAllBe(tick => tick.Text("market") == "banana" && tick.Coins() >= 0.01m && tick.GetProperty("forecast").GetDouble() > 0);
        ticks.ShouldAllBe(tick => !tick.GetProperty("bursting").GetBoolean() && tick.Coins("hype") == 0);
        ticks.Select(tick => tick.GetProperty("time").GetDateTimeOffset()).ShouldBeInOrder();
    }

    [Fact]
    public async Task From_and_limit_cut_a_window()
    {
        var last = (await PricesAsync(""))[^1].Whole("seq");

        (await PricesAsync($"?from={last - 9}&limit=4")).Select(tick => tick.Whole("seq")).ShouldBe([last - 9, last - 8, last - 7, last - 6]);
        (await PricesAsync("?limit=2")).Select(tick => tick.Whole("seq")).ShouldBe([last - 1, last]);
        (await PricesAsync($"?from={last + 1}")).ShouldBeEmpty();
        (await PricesAsync($"?from={long.MaxValue}")).ShouldBeEmpty();
        (await PricesAsync("?from=0&limit=1"))[0].Whole("seq").ShouldBe(last - 19, "what is no longer kept is passed over");
    }

    [Theory]
    [InlineData("from=abc")]
    [InlineData("from=-1")]
    [InlineData("limit=0")]
    [InlineData("limit=10001")]
    public async Task Number_out_of_range_is_named(string query)
    {
        (await _node.GetAsync($"/api/markets/banana/prices?{query}")).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldStartWith(query.Split('=')[0]);
    }

    [Fact]
    public async Task Market_tells_status_parameters_last_price_and_counts()
    {
        await _node.JoinAsync("alice");

        var market = (await _node.GetAsync("/api/markets/banana")).Json;

        market.Text("id").ShouldBe("banana");
        market.Text("status").ShouldBe("paused");
        market.GetProperty("price").Whole("seq").ShouldBe((await PricesAsync("?limit=1"))[0].Whole("seq"));
        market.GetProperty("parameters").Whole("tickMs").ShouldBe(10);
        market.GetProperty("parameters").GetProperty("teams").GetArrayLength().ShouldBe(5);
        await Eventually.TrueAsync(async () => await TradersAsync() == 1);
    }

    [Fact]
    public async Task List_of_markets_has_each_as_it_is_alone()
    {
        var list = (await _node.GetAsync("/api/markets")).Json;

        list.GetArrayLength().ShouldBe(1);
        list[0].GetRawText().ShouldBe((await _node.GetAsync("/api/markets/banana")).Text);
        (await _node.GetAsync("/api/markets/papaya")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
        (await _node.GetAsync("/api/markets/papaya/prices")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
        (await _node.GetAsync("/api/markets/papaya/board")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
        (await _node.GetAsync("/api/markets/papaya/gibbs")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
        (await _node.GetAsync("/api/markets/papaya/stream")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
    }

    private async Task<long> TradersAsync() => (await _node.GetAsync("/api/markets/banana")).Json.GetProperty("counts").Whole("traders");

    private async Task<List<JsonElement>> PricesAsync(string query)
    {
        var reply = await _node.GetAsync($"/api/markets/banana/prices{query}");
        reply.Status.ShouldBe(200, reply.Text);
        return [.. reply.Json.EnumerateArray()];
    }
}
