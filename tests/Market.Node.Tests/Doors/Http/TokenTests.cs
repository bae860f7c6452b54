namespace Market.Node.Tests.Doors.Http;

/// <summary>A token lets one trader of one market act, and nobody else.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private NodeFixture _node = null!;
    private JoinedTrader _alice = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeFixture.StartAsync(options => options.WithMango());
        _alice = await _node.JoinAsync("alice");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJpc3MiOiJtb25rb25vbXkiLCJhdWQiOiJiYW5hbmEiLCJ0ZWFtIjoiQk9OT0JPIiwibmFtZSI6ImFsaWNlIn0.")]
    [InlineData(NodeFixture.AdminToken)]
    public async Task What_is_no_token_of_this_node_is_UNAUTHORIZED(string token)
    {
        (await _node.CommandAsync(_alice with { Token = token }, Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
    }

    [Fact]
    public async Task Token_with_one_letter_changed_is_UNAUTHORIZED()
    {
        for (var at = 0; at < _alice.Token.Length - 1; at += 7)
        {
            var changed = _alice.Token[..at] + (_alice.Token[at] == 'A' ? 'B' : 'A') + _alice.Token[(at + 1)..];
            (await _node.CommandAsync(_alice with { Token = changed }, Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        }
    }

    [Fact]
    public async Task Token_of_another_market_is_UNAUTHORIZED_though_the_name_is_the_same()
    {
        var inMango = await _node.JoinAsync("alice", market: "mango");

        (await _node.CommandAsync(_alice with { Token = inMango.Token }, Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await _node.CommandAsync(inMango with { Token = _alice.Token }, Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await _node.CommandAsync(inMango, Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.StateAsync(_alice)).Coins().ShouldBe(10m);
    }

    [Fact]
    public async Task Token_of_another_node_is_UNAUTHORIZED()
    {
        await using var other = await NodeFixture.StartAsync();

        (await _node.CommandAsync(await other.JoinAsync("alice"), Commands.Buy("t1", 1))).ShouldBeProblem(401, 11, "UNAUTHORIZED");
    }

    [Theory]
    [InlineData("\"name\":\"bob\"")]
    [InlineData("\"team\":\"DRILL\"")]
    [InlineData("\"team\":\"DRILL\",\"name\":\"alice\"")]
    [InlineData("\"team\":\"\"")]
    public async Task Naming_another_trader_in_the_command_is_UNAUTHORIZED(string fields)
    {
        await _node.JoinAsync("bob");

        var problem = (await _node.CommandAsync(_alice, $$"""{"txnId":"t1","type":"BUY","shares":1,{{fields}}}""")).ShouldBeProblem(401, 11, "UNAUTHORIZED");

        problem.Text("txnId").ShouldBe("t1");
    }

    [Fact]
    public async Task Naming_oneself_in_the_command_is_fine()
    {
        (await _node.CommandAsync(_alice, """{"team":"BONOBO","name":"alice","txnId":"t1","type":"BUY","shares":1}""")).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Organiser_can_give_a_trader_its_token_again()
    {
        var path = "/api/admin/markets/banana/traders/BONOBO/alice/token";

        var again = await _node.PostAsync(path, "", NodeFixture.AdminToken);

        again.Status.ShouldBe(200);
        again["name"].GetString().ShouldBe("alice");
        (await _node.CommandAsync(_alice with { Token = again["token"].GetString()! }, Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.CommandAsync(_alice, Commands.Buy("t2", 1))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.PostAsync(path, "", _alice.Token)).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        (await _node.PostAsync("/api/admin/markets/banana/traders/BONOBO/nobody/token", "", NodeFixture.AdminToken)).ShouldBeProblem(404, null, "NOT_FOUND");
    }
}
