using System.Text.Json.Nodes;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class WatchVerbTests : IAsyncLifetime
{
    private readonly Shell _shell = new();
    private NodeDouble _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeDouble.StartAsync();
        _shell.At(_node);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task Prices_carry_an_arrow_and_a_sign()
    {
        _node.Play(Samples.Welcome, Samples.Price(1, "1.02"), Samples.Price(2, "1.05"), Samples.Price(3, "1"), Samples.Price(4, "1"));

        var ran = await _shell.RunAsync("watch", "--topics", "price", "--count", "4");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Lines[0].ShouldBe("10:00:01.000Z price 1.02 = 0.00  forecast 0.998 (down)  hype +0.03");
        ran.Lines[1].ShouldContain("1.05 ▲ +0.03");
        ran.Lines[2].ShouldContain("1.00 ▼ -0.05");
        ran.Lines[3].ShouldContain("1.00 = 0.00");
        _node.Hellos.Single().ShouldBe("""{"hello":{"subscribe":["price"]}}""");
    }

    [Fact]
    public async Task Every_kind_of_message_is_one_line()
    {
        _node.Play(
            Samples.Welcome,
            $$"""{"gibb":{{Samples.Gibb}}}""",
            $$"""{"board":{{Samples.Board}}}""",
            $$"""{"result":{{Samples.TooFewCoins}}}""",
            """{"result":{"txnId":"t9","type":"RETURN","status":"ACCEPTED","code":0,"amount":2.3}}""",
            """{"market":{"id":"banana","status":"paused"}}""",
            """{"problem":{"title":"MALFORMED","detail":"No."}}""",
            """{"novelty":{}}""");

        var ran = await _shell.RunAsync("watch", "--count", "7");

        ran.Lines.Count.ShouldBe(7);
        ran.Lines[0].ShouldBe("10:00:02.000Z gibb bob: banana is great (+1 points)");
        ran.Lines[1].ShouldContain("1. BONOBO 7 · 2. DRILL -20");
        ran.Lines[2].ShouldContain("INSUFFICIENT_COINS (31) at 1.02: 10 shares cost");
        ran.Lines[3].ShouldContain("RETURN t9 ✓ ACCEPTED (0) +2.30 coins");
        ran.Lines[4].ShouldBe("market banana is paused");
        ran.Lines[5].ShouldBe("problem No.");
        ran.Lines[6].ShouldBe("novelty");
    }

    [Fact]
    public async Task JSON_is_the_frames_with_the_welcome_which_does_not_count()
    {
        _node.Play(Samples.Welcome, Samples.Price(1, "1.02"), $$"""{"gibb":{{Samples.Gibb.Replace("banana", "\\u202e\u009b2J", StringComparison.Ordinal)}}}""");

        var ran = await _shell.RunAsync("watch", "--json", "--count", "2");

        ran.Json.Select(frame => frame.EnumerateObject().Single().Name).ShouldBe(["welcome", "price", "gibb"]);
        ran.Out.ShouldNotContain("\u009b");
    }

    [Theory]
    [InlineData(@"\ud83c\udf4c \\ud83c", @"🍌 \ud83c")]
    [InlineData(@"\ud83cx \uDF4C", "\ufffdx \ufffd")]
    [InlineData(@"\ud83c\ud83c\udf4c", "\ufffd🍌")]
    public async Task Half_a_character_ends_nobodys_watching(string text, string shown)
    {
        var frame = $$$"""{"gibb":{"author":"bob","text":"{{{text}}}","points":0,"counted":true}}""";
        _node.Play(Samples.Welcome, frame).Play(Samples.Welcome, frame);

        (await _shell.RunAsync("watch", "--count", "1")).Lines.Single().ShouldContain($"bob: {shown} (");
        (await _shell.RunAsync("watch", "--count", "1", "--json")).Json[1].GetProperty("gibb").GetProperty("text").GetString().ShouldBe(shown);
    }

    [Fact]
    public async Task A_trader_says_who_it_is_and_sees_its_results()
    {
        _node.Play($$$"""{"welcome":{"state":{{{Samples.State}}}}}""", $$"""{"result":{{Samples.Accepted}}}""");

        var ran = await _shell.With("MARKET_TOKEN", "tok-of-alice").RunAsync("watch", "BONOBO/alice", "--topics", "result", "--count", "1");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Lines[0].ShouldContain("score 4");
        ran.Lines[1].ShouldContain("MARKET t1 ✓ ACCEPTED (0) at 1.02");
        JsonNode.DeepEquals(JsonNode.Parse(_node.Hellos.Single()), JsonNode.Parse("""{"hello":{"team":"BONOBO","name":"alice","token":"tok-of-alice","subscribe":["result"]}}""")).ShouldBeTrue();
        ran.All.ShouldNotContain("tok-of-alice");
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_made_again()
    {
        _node.Play(Samples.Welcome, Samples.Price(1, "1.02")).Play(Samples.Welcome).Play(Samples.Welcome, Samples.Price(9, "1.03"));

        var ran = await _shell.RunAsync("watch", "--count", "2");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Lines.Count.ShouldBe(2);
        ran.Lines[1].ShouldContain("1.03 ▲ +0.01");
        ran.Error.ShouldContain("Connection lost (closed by the node, 1001 restarting)");
        ran.Error.ShouldContain("Connected again.");
        _node.Hellos.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_hello_ends_with_3_and_no_token()
    {
        _node.Play("""{"problem":{"title":"UNAUTHORIZED","status":401,"detail":"tok-of-alice is no token.","code":11,"statusName":"UNAUTHORIZED"}}""");

        var ran = await _shell.RunAsync("watch", "BONOBO/alice", "--token", "tok-of-alice");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Error.ShouldContain("UNAUTHORIZED (11)");
        ran.All.ShouldNotContain("tok-of-alice");
    }

    [Fact]
    public async Task An_unknown_market_is_refused_with_the_nodes_own_reason()
    {
        _node.On("GET /api/markets/mango", 404, NodeDouble.Problem(404, "UNKNOWN_MARKET", "There is no mango.", 12));

        var ran = await _shell.RunAsync("watch", "--market", "mango");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Error.ShouldContain("UNKNOWN_MARKET (12): There is no mango.");
    }

    [Fact]
    public async Task Ctrl_C_ends_it_well()
    {
        using var stop = new CancellationTokenSource();

        var running = _shell.RunAsync(stop.Token, "watch");
        await Eventually.TrueAsync(() => !_node.Hellos.IsEmpty);
        await stop.CancelAsync();

        (await running).Exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_well_while_the_node_is_away()
    {
        using var stop = new CancellationTokenSource();
        var node = await NodeDouble.StartAsync();
        var running = _shell.RunAsync(stop.Token, "watch", "--node", node.Url);
        await Eventually.TrueAsync(() => !node.Hellos.IsEmpty);
        await node.DisposeAsync();

        await stop.CancelAsync();

        (await running).Exit.ShouldBe(ExitCode.Done);
    }
}
