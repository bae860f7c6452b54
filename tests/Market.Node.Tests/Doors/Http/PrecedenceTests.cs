namespace Market.Node.Tests.Doors.Http;

/// <summary>When several statuses apply, the smallest number is the answer.</summary>
public sealed class PrecedenceTests
{
    private const string Malformed = """{"txnId":"t1","type":"BUY","shares":0}""";

    [Fact]
    public async Task Malformed_goes_before_unauthorized_and_unauthorized_before_unknown_market()
    {
        await using var node = await NodeFixture.StartAsync();
        var trader = await node.JoinAsync("alice");

        (await node.PostAsync("/api/markets/papaya/commands", Malformed)).ShouldBeProblem(400, 10, "MALFORMED");
        (await node.PostAsync("/api/markets/papaya/commands", Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await node.PostAsync("/api/markets/papaya/commands", Commands.Buy("t1", 1), trader.Token)).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
    }

    [Fact]
    public async Task Malformed_and_unauthorized_go_before_market_closed()
    {
        await using var node = await NodeFixture.StartAsync(options => options.NotStarted());
        var trader = await node.JoinAsync("alice");

        (await node.CommandAsync(trader, Malformed)).ShouldBeProblem(400, 10, "MALFORMED");
        (await node.CommandAsync(trader with { Token = "wrong" }, Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await node.CommandAsync(trader, Commands.Buy("t1", 1))).ShouldBeAnswered(13, "MARKET_CLOSED");
    }

    [Fact]
    public async Task Market_closed_goes_before_rate_limited()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { CommandsPerSecond = 1, CommandBurst = 2 }));
        var trader = await node.JoinAsync("alice");
        await node.AdminAsync("pause");

        var results = (await node.CommandAsync(trader, Commands.Array(Enumerable.Range(0, 5).Select(i => Commands.Buy($"t{i}", 1))))).Json;

        foreach (var result in results.EnumerateArray()) { result.ShouldBeAnswered(13, "MARKET_CLOSED"); }
    }

    [Fact]
    public async Task Unauthorized_goes_before_rate_limited_and_rate_limited_before_duplicate()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { CommandsPerSecond = 1, CommandBurst = 1 }));
        var trader = await node.JoinAsync("alice");
        var other = """{"txnId":"t2","type":"BUY","shares":1,"name":"bob"}""";

        var results = (await node.CommandAsync(trader, Commands.Array(Commands.Buy("t1", 1), Commands.Buy("t1", 1), other, Malformed))).Json;

        results.EnumerateArray().Select(result => result.Whole("code")).ShouldBe([0, 14, 11, 10]);
    }

    [Fact]
    public async Task Market_closed_goes_before_duplicate_and_duplicate_before_what_the_state_says()
    {
        await using var node = await NodeFixture.StartAsync();
        var trader = await node.JoinAsync("alice");
        (await node.CommandAsync(trader, Commands.Feed("t1", 5))).ShouldBeAnswered(0, "ACCEPTED");

        (await node.CommandAsync(trader, Commands.Feed("t1", 5))).ShouldBeAnswered(20, "DUPLICATE");
        await node.AdminAsync("pause");
        (await node.CommandAsync(trader, Commands.Feed("t1", 5))).ShouldBeAnswered(13, "MARKET_CLOSED");
        await node.AdminAsync("resume");
        (await node.CommandAsync(trader, Commands.Feed("t1", 5))).ShouldBeAnswered(20, "DUPLICATE");
    }

    [Fact]
    public async Task Order_too_large_goes_before_what_one_cannot_pay_or_does_not_have()
    {
        await using var node = await NodeFixture.StartAsync();
        var trader = await node.JoinAsync("alice");

        (await node.CommandAsync(trader, Commands.Buy("b", 1_001))).ShouldBeAnswered(30, "ORDER_TOO_LARGE");
        (await node.CommandAsync(trader, Commands.Sell("s", 1_001))).ShouldBeAnswered(30, "ORDER_TOO_LARGE");
        (await node.CommandAsync(trader, Commands.Feed("f", 1_001))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
    }
}
