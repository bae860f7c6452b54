using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class AdminVerbTests : IAsyncLifetime
{
    private const string Token = "tok-of-organiser";

    private readonly Shell _shell = new();
    private NodeDouble _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeDouble.StartAsync();
        foreach (var action in (string[])["start", "pause", "resume", "end"])
        {
            _node.On($"POST /api/admin/markets/banana/{action}", 200, """{"id":"banana","status":"moved"}""");
        }
        _node.On("GET /api/markets/banana", 200, """{"id":"banana","status":"running"}""");
        _shell.At(_node);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("start")]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task What_can_be_undone_is_done_at_once(string action)
    {
        var ran = await _shell.RunAsync("admin", action, "--admin-token", Token);

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain($"banana: {action} done, it is moved.");
        _node.Last.Bearer.ShouldBe(Token);
        ran.All.ShouldNotContain(Token);
    }

    [Fact]
    public async Task End_without_anybody_to_ask_wants_yes_beforehand()
    {
        var ran = await _shell.RunAsync("admin", "end", "--admin-token", Token);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("--yes");
        _node.Asked.ShouldBeEmpty();
        (await _shell.RunAsync("admin", "end", "--yes", "--admin-token", Token)).Exit.ShouldBe(ExitCode.Done);
        _node.Last.Path.ShouldBe("/api/admin/markets/banana/end");
    }

    [Theory]
    [InlineData("banana", ExitCode.Done, 1)]
    [InlineData("yes", ExitCode.Failed, 0)]
    [InlineData("", ExitCode.Failed, 0)]
    public async Task End_asks_for_the_markets_name(string typed, int exit, int asked)
    {
        _shell.Typed = typed;

        var ran = await _shell.RunAsync("admin", "end", "--admin-token", Token);

        ran.Exit.ShouldBe(exit);
        ran.Error.ShouldContain("cannot be undone");
        _node.Asked.Count.ShouldBe(asked);
    }

    [Theory]
    [InlineData("end", "After end it takes no commands ever again")]
    [InlineData("start", "would change nothing")]
    public async Task A_dry_run_says_what_would_happen_and_does_nothing(string action, string words)
    {
        var ran = await _shell.RunAsync("admin", action, "--dry-run");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("banana is running");
        ran.Out.ShouldContain(words);
        ran.Out.ShouldContain("Nothing was done.");
        _node.Asked.ShouldAllBe(asked => asked.Method == "GET");
        (await _shell.RunAsync("admin", action, "--dry-run", "--json")).Json.Single().GetProperty("dryRun").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_token_is_found_in_its_order()
    {
        _shell.Write("data/admin-token", "tok-usual\n");
        _shell.Write("other/admin-token", "tok-other\n");

        await _shell.RunAsync("admin", "pause");
        _node.Last.Bearer.ShouldBe("tok-usual");
        await _shell.With("MARKET_ADMIN_TOKEN", "tok-set").RunAsync("admin", "pause");
        _node.Last.Bearer.ShouldBe("tok-set");
        await _shell.RunAsync("admin", "pause", "--data", "other");
        _node.Last.Bearer.ShouldBe("tok-other");
        await _shell.RunAsync("admin", "pause", "--data", "other", "--admin-token", "tok-typed");
        _node.Last.Bearer.ShouldBe("tok-typed");
    }

    [Fact]
    public async Task A_token_nobody_named_is_not_sent_to_another_machine()
    {
        _shell.Write("data/admin-token", "tok-usual\n");

        var ran = await _shell.RunAsync("admin", "pause", "--node", "http://node.invalid");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("MARKET_ADMIN_TOKEN");
    }

    [Fact]
    public async Task An_answer_without_a_body_is_done_too()
    {
        _node.On("POST /api/admin/markets/banana/pause", 204, "");

        (await _shell.RunAsync("admin", "pause", "--admin-token", Token)).Out.ShouldContain("banana: pause done.");
        (await _shell.RunAsync("admin", "pause", "--admin-token", Token, "--json")).Json.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_and_not_repeated()
    {
        _node.On("POST /api/admin/markets/banana/pause", 401, NodeDouble.Problem(401, "UNAUTHORIZED", $"{Token}?", 11));

        var ran = await _shell.RunAsync("admin", "pause", "--admin-token", Token);

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.All.ShouldNotContain(Token);
    }

    [Fact]
    public async Task A_traders_token_is_issued_again()
    {
        _node.On("POST /api/admin/markets/banana/traders/BONOBO/alice/token", 200, """{"team":"BONOBO","name":"alice","token":"tok-again"}""");

        var ran = await _shell.RunAsync("admin", "token", "BONOBO/alice", "--admin-token", Token);

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Lines.ShouldContain("tok-again");
        ran.All.ShouldNotContain(Token);
        _node.Last.Bearer.ShouldBe(Token);
    }
}
