namespace Market.Node.Tests.Doors;

/// <summary>Two markets on one node know nothing of each other.</summary>
public sealed class SideBySideTests : IAsyncLifetime
{
    private NodeFixture _node = null!;

    public async Task InitializeAsync() => _node = await NodeFixture.StartAsync(options => options.WithMango());

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Same_name_in_two_markets_is_two_traders()
    {
        var (inBanana, inMango) = (await _node.JoinAsync("alice"), await _node.JoinAsync("alice", market: "mango"));

        (await _node.CommandAsync(inBanana, Commands.Feed("t1", 2))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.CommandAsync(inMango, Commands.Feed("t1", 3))).ShouldBeAnswered(0, "ACCEPTED");

        (await _node.StateAsync(inBanana)).Whole("fedMonkeys").ShouldBe(2);
        (await _node.StateAsync(inMango)).Whole("fedMonkeys").ShouldBe(3);
    }

    [Fact]
    public async Task Tokens_do_not_cross_at_the_WebSocket_door()
    {
        var (inBanana, inMango) = (await _node.JoinAsync("bob"), await _node.JoinAsync("bob", market: "mango"));
        await using var socket = await _node.ConnectAsync("mango");

        await socket.SendAsync(WebSockets.SocketClient.Hello(inMango with { Token = inBanana.Token }));
        (await socket.NextAsync("problem")).ShouldBeProblem(401, 11, "UNAUTHORIZED");

        await socket.HelloAsync(inMango);
        (await socket.AskAsync(Commands.Buy("t", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task News_of_one_market_are_not_told_in_the_other()
    {
        var (inBanana, inMango) = (await _node.JoinAsync("eve"), await _node.JoinAsync("eve", market: "mango"));
        await using var mango = await _node.ConnectAsync(inMango, "result", "gibb", "price");
        await using var banana = await _node.ConnectAsync(inBanana, "result", "gibb", "price");

        await _node.GibbAsync("ada", "banana");
        await banana.AskAsync(Commands.Invest("i", 1m));
        (await banana.NextAsync("result")).Text("type").ShouldBe("RETURN");
        await _node.AdminAsync("pause");
        await banana.NextAsync("market");

        (await mango.AskAsync(Commands.Feed("f", 1))).ShouldBeAnswered(0, "ACCEPTED");
        mango.Keys.Where(key => key != "price").ShouldBe(["welcome", "result"]);
    }
}
