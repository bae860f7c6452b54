using System.Text.Json.Nodes;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class TraderVerbTests : IAsyncLifetime
{
    private readonly Shell _shell = new();
    private NodeDouble _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeDouble.StartAsync();
        _node.On("POST /api/markets/banana/traders", 201, Samples.Joined);
        _shell.At(_node);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task Show_says_what_a_trader_has()
    {
        _node.On("GET /api/markets/banana/traders/BONOBO/alice", 200, Samples.State);

        var ran = await _shell.RunAsync("trader", "show", "BONOBO/alice");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("coins 6.94 · shares 8 · fed 24 · bailouts 1 · in flight 2 · score 4");
        (await _shell.RunAsync("trader", "show", "BONOBO/alice", "--json")).Json.Single().GetProperty("score").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task A_name_with_slashes_and_blanks_reaches_the_node_whole()
    {
        _node.On("GET /api/markets/banana/traders/BONOBO/a%2Fb%20%3F%C3%A9", 200, Samples.State);

        (await _shell.RunAsync("trader", "show", "BONOBO/a/b ?é")).Exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task An_unknown_trader_is_refused()
    {
        var ran = await _shell.RunAsync("trader", "show", "BONOBO/nobody");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Error.ShouldContain("NOT_FOUND: There is nothing here.");
    }

    [Fact]
    public async Task Join_prints_the_token_and_how_to_use_it()
    {
        var ran = await _shell.RunAsync("trader", "join", "BONOBO/alice", "--code", "jungle");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Lines.ShouldContain("tok-fresh-123");
        ran.Out.ShouldContain("MARKET_TOKEN");
        JsonNode.DeepEquals(JsonNode.Parse(_node.Last.Body), JsonNode.Parse("""{"team":"BONOBO","name":"alice","code":"jungle"}""")).ShouldBeTrue();
        Directory.GetFileSystemEntries(_shell.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Join_answers_in_JSON()
    {
        var ran = await _shell.RunAsync("trader", "join", "BONOBO/alice", "--json");

        ran.Json.Single().GetProperty("token").GetString().ShouldBe("tok-fresh-123");
        _node.Last.Body.ShouldNotContain("code");
    }

    [Fact]
    public async Task A_saved_token_is_for_its_owner_only_and_is_what_send_reads()
    {
        var ran = await _shell.RunAsync("trader", "join", "BONOBO/alice", "--save", "alice.token");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.All.ShouldNotContain("tok-fresh-123");
        var path = Path.Combine(_shell.Folder, "alice.token");
        if (!OperatingSystem.IsWindows()) { File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite); }
        _node.On("POST /api/markets/banana/commands", 200, Samples.Accepted);
        (await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--token-file", "alice.token")).Exit.ShouldBe(ExitCode.Done);
        _node.Last.Bearer.ShouldBe("tok-fresh-123");
    }

    [Fact]
    public async Task A_file_that_exists_is_not_written_over_and_nobody_joins()
    {
        var path = _shell.Write("alice.token", "precious");

        var ran = await _shell.RunAsync("trader", "join", "BONOBO/alice", "--save", path);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        File.ReadAllText(path).ShouldBe("precious");
        _node.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(409, "NAME_TAKEN")]
    [InlineData(403, "WRONG_CODE")]
    public async Task A_refused_join_leaves_no_file_and_no_secret(int status, string name)
    {
        _node.On("POST /api/markets/banana/traders", status, NodeDouble.Problem(status, name, "The code jungle was not right."));

        var ran = await _shell.RunAsync("trader", "join", "BONOBO/alice", "--code", "jungle", "--save", "alice.token", "--json");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Json.Single().GetProperty("statusName").GetString().ShouldBe(name);
        ran.Error.ShouldContain(name);
        ran.All.ShouldNotContain("jungle");
        Directory.GetFileSystemEntries(_shell.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"events\":[", "]}")]
    public async Task Events_are_listed_one_a_line_whatever_their_fields(string before, string after)
    {
        const string one = """{"seq":1,"time":"2026-11-22T10:00:00.000Z","event":"ORDER","txnId":"[b]\u001b","state":{"coins":6.94}}""";
        _node.On("GET /api/markets/banana/traders/BONOBO/alice/events?from=1&limit=5", 200, before + one + after);

        var ran = await _shell.RunAsync("trader", "events", "BONOBO/alice", "--from", "1", "--limit", "5");

        ran.Lines.ShouldBe(["seq=1 time=2026-11-22T10:00:00.000Z event=ORDER txnId=[b]<U+001B> state.coins=6.94"]);
        (await _shell.RunAsync("trader", "events", "BONOBO/alice", "--from", "1", "--limit", "5", "--json")).Json.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_trader_without_events_is_said_to_have_none()
    {
        _node.On("GET /api/markets/banana/traders/BONOBO/alice/events", 200, "[]");

        (await _shell.RunAsync("trader", "events", "BONOBO/alice")).Out.ShouldContain("No events");
    }
}
