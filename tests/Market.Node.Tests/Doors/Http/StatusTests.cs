namespace Market.Node.Tests.Doors.Http;

/// <summary>Every number of the rules, as the HTTP door answers it.</summary>
public sealed class StatusTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Buy_is_accepted_with_price_and_state()
    {
        var result = (await _node.CommandAsync(await shared.JoinAsync(), Commands.Buy("t1", 3))).ShouldBeAnswered(0, "ACCEPTED");

        result.Text("txnId").ShouldBe("t1");
        result.Text("type").ShouldBe("MARKET");
        result.Coins("price").ShouldBe(1m);
        var state = result.GetProperty("state");
        state.Coins().ShouldBe(7m);
        state.Whole("shares").ShouldBe(8);
        state.Whole("bailouts").ShouldBe(0);
        state.Whole("fedMonkeys").ShouldBe(0);
        state.Whole("inFlightInvestments").ShouldBe(0);
        state.Whole("score").ShouldBe(0);
        DateTimeOffset.Parse(state.Text("time"), System.Globalization.CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Sell_feed_and_invest_are_accepted_under_their_types()
    {
        var trader = await shared.JoinAsync();

        (await _node.CommandAsync(trader, Commands.Sell("s", 1))).ShouldBeAnswered(0, "ACCEPTED").GetProperty("state").Coins().ShouldBe(11m);
        var fed = (await _node.CommandAsync(trader, Commands.Feed("f", 2))).ShouldBeAnswered(0, "ACCEPTED");
        fed.Text("type").ShouldBe("FEED");
        fed.Has("price").ShouldBeFalse("feeding has no price");
        fed.GetProperty("state").Whole("score").ShouldBe(2);
        var invested = (await _node.CommandAsync(trader, Commands.Invest("i", 2.5m))).ShouldBeAnswered(0, "ACCEPTED");
        invested.Text("type").ShouldBe("INVEST");
        invested.GetProperty("state").Coins().ShouldBe(8.5m);
        invested.GetProperty("state").Whole("inFlightInvestments").ShouldBe(1);
    }

    [Fact]
    public async Task Malformed_is_a_problem_that_names_the_field_and_the_txnId()
    {
        var problem = (await _node.CommandAsync(await shared.JoinAsync(), """{"txnId":"t1","type":"BUY"}""")).ShouldBeProblem(400, 10, "MALFORMED");

        problem.Text("detail").ShouldContain("shares");
        problem.Text("txnId").ShouldBe("t1");
    }

    [Fact]
    public async Task No_token_is_UNAUTHORIZED()
    {
        var reply = await _node.PostAsync("/api/markets/banana/commands", Commands.Buy("t1", 1));

        reply.ShouldBeProblem(401, 11, "UNAUTHORIZED");
        reply.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task Unknown_market_is_a_problem()
    {
        var trader = await shared.JoinAsync();

        (await _node.PostAsync("/api/markets/papaya/commands", Commands.Buy("t1", 1), trader.Token)).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
        (await _node.PostAsync("/api/markets/BANANA/commands", Commands.Buy("t1", 1), trader.Token)).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
    }

    [Fact]
    public async Task Market_that_has_not_started_is_MARKET_CLOSED_and_changes_nothing()
    {
        await using var node = await NodeFixture.StartAsync(options => options.NotStarted());
        var trader = await node.JoinAsync("early");

        (await node.CommandAsync(trader, Commands.Buy("t1", 1))).ShouldBeAnswered(13, "MARKET_CLOSED").Has("price").ShouldBeFalse();
        (await node.StateAsync(trader)).Coins().ShouldBe(10m);
        await node.AdminAsync("start");
        (await node.CommandAsync(trader, Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Too_many_commands_are_RATE_LIMITED_with_the_time_to_come_back()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { CommandsPerSecond = 1, CommandBurst = 1 }));
        var trader = await node.JoinAsync("eager");

        var array = await node.CommandAsync(trader, Commands.Array(Commands.Buy("t1", 1), Commands.Buy("t2", 1)));
        array.Status.ShouldBe(200);
        array.Json[0].ShouldBeAnswered(0, "ACCEPTED");
        array.Json[1].ShouldBeAnswered(14, "RATE_LIMITED").Whole("retryAfterMs").ShouldBeInRange(1, 1_000);
        var single = await NodeFixture.RateLimitedAsync(() => node.CommandAsync(trader, Commands.Buy("t3", 1)));
        var problem = single.ShouldBeProblem(429, 14, "RATE_LIMITED");
        single.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        problem.Whole("retryAfterMs").ShouldBeInRange(1, 1_000);
        problem.Text("detail").ShouldContain("1 commands a second");
    }

    [Fact]
    public async Task Order_over_a_thousand_shares_is_ORDER_TOO_LARGE()
    {
        var trader = await shared.JoinAsync();

        (await _node.CommandAsync(trader, Commands.Buy("b", 1_001))).ShouldBeAnswered(30, "ORDER_TOO_LARGE");
        (await _node.CommandAsync(trader, Commands.Sell("s", long.MaxValue))).ShouldBeAnswered(30, "ORDER_TOO_LARGE");
        (await _node.CommandAsync(trader, Commands.Buy("c", 1_000))).ShouldBeAnswered(31, "INSUFFICIENT_COINS");
    }

    [Fact]
    public async Task What_one_cannot_pay_is_INSUFFICIENT_COINS()
    {
        var trader = await shared.JoinAsync();

        var refused = (await _node.CommandAsync(trader, Commands.Buy("b", 11))).ShouldBeAnswered(31, "INSUFFICIENT_COINS");
        refused.Coins("price").ShouldBe(1m);
        refused.GetProperty("state").Coins().ShouldBe(10m);
        (await _node.CommandAsync(trader, Commands.Invest("i", 10.000001m))).ShouldBeAnswered(31, "INSUFFICIENT_COINS");
        (await _node.CommandAsync(trader, Commands.Invest("j", 10m))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task What_one_does_not_have_is_INSUFFICIENT_SHARES()
    {
        var trader = await shared.JoinAsync();

        (await _node.CommandAsync(trader, Commands.Sell("s", 6))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
        (await _node.CommandAsync(trader, Commands.Feed("f", 6))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
        (await _node.CommandAsync(trader, Commands.Feed("g", long.MaxValue))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
    }

    [Fact]
    public async Task Last_share_fed_with_three_coins_left_bails_out_in_the_same_answer()
    {
        var trader = await shared.JoinAsync();
        await _node.CommandAsync(trader, Commands.Buy("b", 7));

        var state = (await _node.CommandAsync(trader, Commands.Feed("f", 12))).ShouldBeAnswered(0, "ACCEPTED").GetProperty("state");

        state.Coins().ShouldBe(13m);
        state.Whole("shares").ShouldBe(5);
        state.Whole("bailouts").ShouldBe(1);
        state.Whole("score").ShouldBe(12 - 20);
    }
}
