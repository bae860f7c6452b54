using System.Text.Json;

namespace Market.Node.Tests.Doors.Http;

/// <summary>A trader's journal, readable.</summary>
public sealed class EventsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Every_event_is_numbered_typed_and_followed_by_the_state_after_it()
    {
        var trader = await shared.JoinAsync();
        await _node.CommandAsync(trader, Commands.Buy("b", 3));
        await _node.CommandAsync(trader, Commands.Sell("s", 1));
        await _node.CommandAsync(trader, Commands.Feed("f", 2));
        await _node.CommandAsync(trader, Commands.Feed("r", 100));

        var events = await EventsAsync(trader);

        events.Select(it => it.Whole("seq")).ShouldBe([1, 2, 3, 4, 5]);
        events.Select(it => it.Text("type")).ShouldBe(["JOINED", "BOUGHT", "SOLD", "FED", "REFUSED"]);
        events.Select(it => it.GetProperty("state").Coins()).ShouldBe([10m, 7m, 8m, 8m, 8m]);
        events.Select(it => it.GetProperty("state").Whole("shares")).ShouldBe([5, 8, 7, 5, 5]);
        events.Skip(1).Select(it => it.Text("txnId")).ShouldBe(["b", "s", "f", "r"]);
        (events[1].Whole("shares"), events[1].Coins("price")).ShouldBe((3, 1m));
        events[3].Whole("monkeys").ShouldBe(2);
        events[4].Text("status").ShouldBe("INSUFFICIENT_SHARES");
        events[^1].GetProperty("state").Coins().ShouldBe((await _node.StateAsync(trader)).Coins());
    }

    [Fact]
    public async Task Investment_that_came_home_is_an_event_with_its_amount()
    {
        var trader = await shared.JoinAsync();
        await using var socket = await _node.ConnectAsync(trader, "result");
        await socket.AskAsync(Commands.Invest("i", 2.5m));
        var returned = await socket.NextAsync("result");

        var events = await EventsAsync(trader);

        events.Select(it => it.Text("type")).ShouldBe(["JOINED", "INVESTED", "RETURNED"]);
        events[1].Coins("invested").ShouldBe(2.5m);
        events[2].Coins("amount").ShouldBe(returned.Coins("amount"));
        events[2].Text("txnId").ShouldBe("i");
    }

    [Fact]
    public async Task From_and_limit_cut_a_window()
    {
        var trader = await shared.JoinAsync();
        await _node.CommandAsync(trader, Commands.Array(Enumerable.Range(0, 9).Select(i => Commands.Sell($"t{i}", 99))));

        (await EventsAsync(trader, "?from=4&limit=3")).Select(it => it.Whole("seq")).ShouldBe([4, 5, 6]);
        (await EventsAsync(trader, "?from=9")).Select(it => it.Whole("seq")).ShouldBe([9, 10]);
        (await EventsAsync(trader, "?from=11")).ShouldBeEmpty();
        (await EventsAsync(trader, "?limit=1")).Select(it => it.Text("type")).ShouldBe(["JOINED"]);
    }

    [Fact]
    public async Task Bailout_is_told_beside_the_event_that_caused_it()
    {
        var trader = await shared.JoinAsync();
        await _node.CommandAsync(trader, Commands.Buy("b", 7));
        await _node.CommandAsync(trader, Commands.Feed("f", 12));

        var events = await EventsAsync(trader);

        events[1].GetProperty("bailedOut").GetBoolean().ShouldBeFalse();
        events[2].GetProperty("bailedOut").GetBoolean().ShouldBeTrue();
        events[2].GetProperty("state").Whole("bailouts").ShouldBe(1);
    }

    [Fact]
    public async Task Duplicates_are_no_events()
    {
        var trader = await shared.JoinAsync();
        for (var i = 0; i < 5; i++) { await _node.CommandAsync(trader, Commands.Buy("same", 1)); }

        (await EventsAsync(trader)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("from=x")]
    [InlineData("from=-1")]
    [InlineData("from=1.5")]
    [InlineData("from=")]
    [InlineData("from=9223372036854775808")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=1&limit=2")]
    public async Task Number_out_of_range_is_named(string query)
    {
        var trader = await shared.JoinAsync();

        (await _node.GetAsync($"{trader.Path}/events?{query}")).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldStartWith(query.Split('=')[0]);
    }

    private async Task<List<JsonElement>> EventsAsync(JoinedTrader trader, string query = "")
    {
        var reply = await _node.GetAsync($"{trader.Path}/events{query}");
        reply.Status.ShouldBe(200, reply.Text);
        return [.. reply.Json.EnumerateArray()];
    }
}
