using System.Net;
using System.Net.WebSockets;

namespace Market.Node.Tests.Doors.WebSockets;

/// <summary>The first frame, and what it is answered with.</summary>
public sealed class HelloTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Welcome_tells_state_price_market_and_version()
    {
        var trader = await shared.JoinAsync();
        await using var socket = await _node.ConnectAsync();

        var welcome = await socket.HelloAsync(trader, "price", "result", "board", "gibb");

        welcome.GetProperty("state").Coins().ShouldBe(10m);
        welcome.GetProperty("state").Whole("shares").ShouldBe(5);
        welcome.GetProperty("price").Coins().ShouldBe(1m);
        welcome.GetProperty("price").Text("market").ShouldBe("banana");
        welcome.GetProperty("market").Text("status").ShouldBe("running");
        welcome.GetProperty("server").Text("version").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Welcome_is_the_first_frame_also_when_boards_are_wanted()
    {
        for (var i = 0; i < 30; i++)
        {
            await using var socket = await _node.ConnectAsync();
            await socket.WatchAsync("price", "board", "gibb");

            socket.Keys[0].ShouldBe("welcome");
        }
    }

    [Fact]
    public async Task Without_team_and_token_one_watches_only()
    {
        await using var socket = await _node.ConnectAsync();

        var welcome = await socket.WatchAsync("price");

        welcome.Has("state").ShouldBeFalse();
        (await socket.AskAsync(Commands.Buy("t1", 1))).ShouldBeAnswered(11, "UNAUTHORIZED").Text("txnId").ShouldBe("t1");
    }

    [Fact]
    public async Task After_a_wrong_token_a_right_hello_is_welcome()
    {
        var (trader, other) = (await shared.JoinAsync(), await shared.JoinAsync());
        await using var socket = await _node.ConnectAsync();

        foreach (var token in new[] { other.Token, "nonsense", "" })
        {
            await socket.SendAsync(SocketClient.Hello(trader with { Token = token }));
            (await socket.NextAsync("problem")).ShouldBeProblem(401, 11, "UNAUTHORIZED");
        }

        (await socket.HelloAsync(trader)).GetProperty("state").Coins().ShouldBe(10m);
        (await socket.AskAsync(Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"hello\"")]
    [InlineData("""{"hello":null}""")]
    [InlineData("""{"hello":[]}""")]
    [InlineData("""{"hello":{"subscribe":"price"}}""")]
    [InlineData("""{"hello":{"subscribe":["prices"]}}""")]
    [InlineData("""{"hello":{"subscribe":[1]}}""")]
    [InlineData("""{"hello":{"subscribe":["\ud800"]}}""")]
    [InlineData("""{"hello":{"\ud800":1,"team":5}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"hello":{"team":"BONOBO"}}""")]
    [InlineData("""{"hello":{"team":1,"name":"alice","token":"x"}}""")]
    [InlineData("""{"txnId":"t1","type":"BUY","shares":1}""")]
    [InlineData("""{"hello":{}}{"hello":{}}""")]
    public async Task Bad_hello_is_a_problem_and_the_connection_lives_on(string frame)
    {
        await using var socket = await _node.ConnectAsync();

        await socket.SendAsync(frame);

        (await socket.NextAsync("problem")).ShouldBeProblem(400, 10, "MALFORMED");
        await socket.WatchAsync("price");
    }

    [Fact]
    public async Task Unknown_market_is_404_at_the_upgrade()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{_node.Url.Authority}/ws/markets/papaya"), CancellationToken.None));

        socket.HttpStatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_an_upgrade_it_is_a_problem_that_says_so()
    {
        (await _node.GetAsync("/ws/markets/banana")).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain("WebSocket");
    }

    [Fact]
    public async Task Page_of_another_origin_is_refused_at_the_upgrade()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "http://evil.example");

        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{_node.Url.Authority}/ws/markets/banana"), CancellationToken.None));

        socket.HttpStatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
