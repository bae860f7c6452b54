namespace Market.Node.Tests.Doors.WebSockets;

/// <summary>Every number of the rules, as the WebSocket door answers it.</summary>
public sealed class SocketStatusTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Statuses_of_the_trader_are_results()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        (await socket.AskAsync(Commands.Buy("t1", 3))).ShouldBeAnswered(0, "ACCEPTED").GetProperty("state").Whole("shares").ShouldBe(8);
        (await socket.AskAsync(Commands.Buy("t1", 3))).ShouldBeAnswered(20, "DUPLICATE").Text("first").ShouldBe("ACCEPTED");
        (await socket.AskAsync(Commands.Buy("t1", 4))).ShouldBeAnswered(21, "TXN_ID_REUSED");
        (await socket.AskAsync(Commands.Buy("t2", 1_001))).ShouldBeAnswered(30, "ORDER_TOO_LARGE");
        (await socket.AskAsync(Commands.Buy("t3", 999))).ShouldBeAnswered(31, "INSUFFICIENT_COINS");
        (await socket.AskAsync(Commands.Sell("t4", 999))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
        (await socket.AskAsync("""{"txnId":"t5","type":"BUY","shares":1,"name":"somebody else"}""")).ShouldBeAnswered(11, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Malformed_alone_is_a_problem_and_in_an_array_a_result()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        await socket.SendAsync("""{"txnId":"t1","type":"BUY"}""");
        var problem = (await socket.NextAsync("problem")).ShouldBeProblem(400, 10, "MALFORMED");
        problem.Text("txnId").ShouldBe("t1");
        problem.Text("detail").ShouldContain("shares");
        await socket.SendAsync($$"""[{"txnId":"t1","type":"BUY"},{{Commands.Buy("t2", 1)}}]""");
        var results = await socket.NextAsync("results");
        results[0].ShouldBeAnswered(10, "MALFORMED").Text("txnId").ShouldBe("t1");
        results[1].ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Array_is_answered_by_results_in_order()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        await socket.SendAsync(Commands.Array(Enumerable.Range(0, 1_000).Select(i => Commands.Sell($"t{i}", 99))));
        (await socket.NextAsync("results")).EnumerateArray().Select(result => result.Text("txnId")).ShouldBe(Enumerable.Range(0, 1_000).Select(i => $"t{i}"));
        await socket.SendAsync("[]");
        (await socket.NextAsync("results")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Market_that_pauses_tells_so_and_answers_MARKET_CLOSED_until_it_resumes()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var socket = await node.ConnectAsync(await node.JoinAsync("alice"));

        await node.AdminAsync("pause");
        var paused = await socket.NextAsync("market");
        (paused.Text("id"), paused.Text("status")).ShouldBe(("banana", "paused"));
        (await socket.AskAsync(Commands.Buy("t1", 1))).ShouldBeAnswered(13, "MARKET_CLOSED");
        await node.AdminAsync("resume");
        (await socket.NextAsync("market")).Text("status").ShouldBe("running");
        (await socket.AskAsync(Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
        await node.AdminAsync("end");
        (await socket.NextAsync("market")).Text("status").ShouldBe("ended");
    }

    [Fact]
    public async Task Too_many_commands_are_RATE_LIMITED_over_both_doors_together()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { CommandsPerSecond = 1, CommandBurst = 3 }));
        var trader = await node.JoinAsync("alice");
        await using var socket = await node.ConnectAsync(trader);

        var commands = Enumerable.Range(0, 50).Select(i => Commands.Sell($"t{i}", 99)).ToList();
        await Task.WhenAll(commands.Select(command => socket.SendAsync(command)).Append(node.CommandAsync(trader, Commands.Array(commands))));

        var limited = 0;
        foreach (var _ in commands) { limited += (await socket.NextAsync("result")).Text("status") == "RATE_LIMITED" ? 1 : 0; }
        limited.ShouldBeInRange(30, 50);
    }

    [Fact]
    public async Task Answers_come_also_to_one_who_subscribed_to_nothing()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        (await socket.AskAsync(Commands.Feed("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
        socket.Keys.ShouldBe(["welcome", "result"]);
    }
}
