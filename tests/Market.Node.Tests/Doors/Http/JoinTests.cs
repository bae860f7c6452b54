using System.Text.Json;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Doors.Http;

public sealed class JoinTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Path = "/api/markets/banana/traders";

    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Joining_is_201_with_token_state_and_location()
    {
        var reply = await _node.PostAsync(Path, """{"team":"CAPUCIN","name":"joiner","extra":1}""");

        reply.Status.ShouldBe(201);
        reply["team"].GetString().ShouldBe("CAPUCIN");
        reply["name"].GetString().ShouldBe("joiner");
        reply["token"].GetString().ShouldNotBeNullOrEmpty();
        reply["state"].Coins().ShouldBe(10m);
        reply["state"].Whole("shares").ShouldBe(5);
        var state = await _node.GetAsync(reply.Headers.Location!.ToString());
        state["name"].GetString().ShouldBe("joiner");
        state["team"].GetString().ShouldBe("CAPUCIN");
        state["coins"].GetDecimal().ShouldBe(10m);
    }

    [Fact]
    public async Task Taken_name_is_409_and_free_in_another_team()
    {
        await _node.JoinAsync("wanted");

        (await _node.PostAsync(Path, """{"team":"BONOBO","name":"wanted"}""")).ShouldBeProblem(409, null, "TAKEN").Has("token").ShouldBeFalse();
        await _node.JoinAsync("wanted", "DRILL");
        await _node.JoinAsync("Wanted");
    }

    [Fact]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _node.PostAsync(Path, """{"team":"BONOBO","name":"contested"}""")));

        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        replies.Count(reply => reply.Status == 409).ShouldBe(19);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "team")]
    [InlineData("""{"team":"GORILLA","name":"x"}""", "team")]
    [InlineData("""{"team":"bonobo","name":"x"}""", "team")]
    [InlineData("""{"team":7,"name":"x"}""", "team")]
    [InlineData("""{"team":"BONOBO"}""", "name")]
    [InlineData("""{"team":"BONOBO","name":""}""", "name")]
    [InlineData("""{"team":"BONOBO","name":"   "}""", "name")]
    [InlineData("""{"team":"BONOBO","name":7}""", "name")]
    [InlineData("""{"team":"BONOBO","name":"."}""", "name")]
    [InlineData("""{"team":"BONOBO","name":".."}""", "name")]
    [InlineData("""{"team":"BONOBO","name":"a\u0000b"}""", "name")]
    [InlineData("""{"team":"BONOBO","name":"a\nb"}""", "name")]
    [InlineData("""{"team":"BONOBO","name":"\ud800"}""", "name")]
    [InlineData("""{"team":"BONOBO","name":"12345678901234567890123456789012345678901234567890123456789012345"}""", "name")]
    [InlineData("""{"\ud800":1,"team":"BONOBO","name":"x"}""", "body")]
    [InlineData("[]", "body")]
    [InlineData("", "body")]
    [InlineData("{", "body")]
    public async Task Wrong_field_is_named(string body, string field)
    {
        (await _node.PostAsync(Path, body)).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain(field);
    }

    [Fact]
    public async Task Join_code_must_be_the_organisers_when_there_is_one()
    {
        await using var node = await NodeFixture.StartAsync(options => options with { JoinCode = "sésame" });

        (await node.PostAsync(Path, """{"team":"BONOBO","name":"x"}""")).ShouldBeProblem(403, null, "WRONG_JOIN_CODE").Text("detail").ShouldContain("code");
        (await node.PostAsync(Path, """{"team":"BONOBO","name":"x","code":"sesame"}""")).ShouldBeProblem(403, null, "WRONG_JOIN_CODE");
        (await node.PostAsync(Path, """{"team":"BONOBO","name":"x","code":7}""")).ShouldBeProblem(403, null, "WRONG_JOIN_CODE");
        (await node.PostAsync(Path, """{"team":"BONOBO","name":"x","code":"sésame"}""")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Unknown_market_cannot_be_joined()
    {
        (await _node.PostAsync("/api/markets/papaya/traders", """{"team":"BONOBO","name":"x"}""")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
    }

    [Fact]
    public async Task Joining_faster_than_the_limit_is_429_with_the_time_to_come_back()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { JoinsPerSecond = 1 }));

        var reply = await NodeFixture.RateLimitedAsync(() => node.PostAsync(Path, """{"team":"BONOBO","name":"eager"}"""));

        reply.ShouldBeProblem(429, 14, "RATE_LIMITED");
        reply.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task State_of_an_unknown_trader_is_404()
    {
        (await _node.GetAsync($"{Path}/BONOBO/nobody")).ShouldBeProblem(404, null, "NOT_FOUND").Text("detail").ShouldContain("nobody");
        (await _node.GetAsync($"{Path}/BONOBO/nobody/events")).ShouldBeProblem(404, null, "NOT_FOUND");
        (await _node.GetAsync("/api/markets/papaya/traders/BONOBO/nobody")).ShouldBeProblem(404, 12, "UNKNOWN_MARKET");
    }

    [Theory]
    [InlineData("O'Brien \"the\" \\ `$(x)`")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u202Eevil\u200F\u2066")]
    [InlineData("🐒🍌👩‍👩‍👧")]
    [InlineData("ünï & cödé; %41 %2e +plus?x=1#y")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a\\b")]
    [InlineData("'; DROP TABLE turns; --")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Hostile_name_comes_back_as_it_went_through_address_and_JSON(string name)
    {
        var trader = await _node.JoinAsync(name, "SAGOUIN");

        (await _node.CommandAsync(trader, Commands.Feed("t1", 2))).ShouldBeAnswered(0, "ACCEPTED");
        var state = await _node.GetAsync(trader.Path);
        state.Status.ShouldBe(200, state.Text);
        state["name"].GetString().ShouldBe(name);
        state["fedMonkeys"].GetInt64().ShouldBe(2);
        state.Text.ShouldNotContain("<script");
        (await _node.GetAsync($"{trader.Path}/events")).Json.GetArrayLength().ShouldBe(2);
        await using var socket = await _node.ConnectAsync(trader);
        (await socket.AskAsync(Commands.Feed("t2", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Hostile_name_stands_on_the_board_as_text()
    {
        var name = "<img src=x onerror=alert(1)>\u202E\"";
        await _node.JoinAsync(name, "ALOUATE");

        var names = new List<string>();
        await Eventually.TrueAsync(async () =>
        {
            await using var board = await _node.Http.GetStreamAsync(new Uri("/api/markets/banana/board?limit=10000", UriKind.Relative));
            names = [.. JsonDocument.Parse(board).RootElement.GetProperty("traders").EnumerateArray().Select(row => row.Text("name"))];
            return names.Contains(name);
        });
        names.ShouldContain(name);
    }
}
