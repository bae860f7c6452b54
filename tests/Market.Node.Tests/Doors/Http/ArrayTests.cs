namespace Market.Node.Tests.Doors.Http;

/// <summary>Many commands in one request.</summary>
public sealed class ArrayTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Results_come_in_the_order_of_the_commands()
    {
        var trader = await shared.JoinAsync();
        var commands = Enumerable.Range(0, 1_000).Select(i => i % 2 == 0 ? Commands.Buy($"t{i}", 1) : Commands.Sell($"t{i}", 1));

        var reply = await _node.CommandAsync(trader, Commands.Array(commands));

        reply.Status.ShouldBe(200);
        var results = reply.Json.EnumerateArray().ToList();
        results.Select(result => result.Text("txnId")).ShouldBe(Enumerable.Range(0, 1_000).Select(i => $"t{i}"));
        results.ShouldAllBe(result => result.Whole("code") == 0);
        results.Select(result => result.GetProperty("state").Whole("shares")).ShouldBe(Enumerable.Range(0, 1_000).Select(i => i % 2 == 0 ? 6L : 5L));
    }

    [Fact]
    public async Task Malformed_elements_are_answered_in_their_places_by_200()
    {
        var reply = await _node.CommandAsync(await shared.JoinAsync(), $$"""[{{Commands.Buy("a", 1)}},{"txnId":"b","type":"BUY"},7,[],"x",null,{{Commands.Feed("c", 1)}}]""");

        reply.Status.ShouldBe(200);
        reply.Json.EnumerateArray().Select(result => result.Text("txnId")).ShouldBe(["a", "b", "", "", "", "", "c"]);
        reply.Json.EnumerateArray().Select(result => result.Whole("code")).ShouldBe([0, 10, 10, 10, 10, 10, 0]);
        reply.Json[1].Text("message").ShouldContain("shares");
    }

    [Fact]
    public async Task Every_refusal_of_the_rules_stands_in_its_place()
    {
        var reply = await _node.CommandAsync(await shared.JoinAsync(), Commands.Array(
            Commands.Buy("a", 1_001), Commands.Buy("b", 100), Commands.Sell("c", 100), Commands.Buy("a", 1_001), Commands.Buy("a", 1), Commands.Buy("d", 1)));

        reply.Json.EnumerateArray().Select(result => result.Whole("code")).ShouldBe([30, 31, 32, 20, 21, 0]);
    }

    [Fact]
    public async Task Empty_array_is_answered_by_an_empty_array()
    {
        var reply = await _node.CommandAsync(await shared.JoinAsync(), " [ ] ");

        (reply.Status, reply.Text).ShouldBe((200, "[]"));
    }

    [Fact]
    public async Task Array_of_one_is_answered_by_an_array_of_one()
    {
        (await _node.CommandAsync(await shared.JoinAsync(), Commands.Array(Commands.Buy("a", 1)))).Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task More_than_a_thousand_are_refused_and_none_of_them_is_done()
    {
        var trader = await shared.JoinAsync();

        var reply = await _node.CommandAsync(trader, Commands.Array(Enumerable.Range(0, 1_001).Select(i => Commands.Feed($"t{i}", 1))));

        reply.ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain("1000");
        (await _node.StateAsync(trader)).Whole("fedMonkeys").ShouldBe(0);
    }

    [Fact]
    public async Task Array_that_breaks_off_is_refused_and_none_of_it_is_done()
    {
        var trader = await shared.JoinAsync();

        (await _node.CommandAsync(trader, $"[{Commands.Feed("a", 1)},{Commands.Feed("b", 1)}")).ShouldBeProblem(400, 10, "MALFORMED");
        (await _node.CommandAsync(trader, $"[{Commands.Feed("a", 1)}]]")).ShouldBeProblem(400, 10, "MALFORMED");
        (await _node.StateAsync(trader)).Whole("fedMonkeys").ShouldBe(0);
    }

    [Fact]
    public async Task Array_without_a_token_is_refused_as_a_whole()
    {
        (await _node.PostAsync("/api/markets/banana/commands", Commands.Array(Commands.Buy("a", 1)))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
    }
}
