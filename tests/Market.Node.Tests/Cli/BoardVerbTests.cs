using System.Text.Json.Nodes;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class BoardVerbTests : IAsyncLifetime
{
    private readonly Shell _shell = new();
    private NodeDouble _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeDouble.StartAsync();
        _node.On("GET /api/markets/banana/board?limit=20", 200, Samples.Board);
        _shell.At(_node);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task Teams_and_traders_are_listed_with_their_numbers()
    {
        var ran = await _shell.RunAsync("board");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Lines.ShouldContain(line => Words(line) == "1 BONOBO 7 7 0 1");
        ran.Lines.ShouldContain(line => Words(line) == "2 DRILL/dan -20 0 1 1234.50 3 0");
        ran.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_node_is_asked_for_the_limit_and_market_named()
    {
        _node.On("GET /api/markets/mango/board?limit=1", 200, Samples.Board);

        var ran = await _shell.RunAsync("board", "--limit", "1", "--market", "mango", "--node", _node.Url);

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("BONOBO/alice");
        ran.Out.ShouldNotContain("DRILL/dan");
    }

    [Fact]
    public async Task JSON_is_the_answer_of_the_node_in_one_line()
    {
        var ran = await _shell.RunAsync("board", "--json");

        JsonNode.DeepEquals(JsonNode.Parse(ran.Json.Single().GetRawText()), JsonNode.Parse(Samples.Board)).ShouldBeTrue();
    }

    [Fact]
    public async Task Names_of_strangers_are_shown_harmless()
    {
        var hostile = Samples.Board
            .Replace("alice", "[red]\\u001b[2J\\u202Eevil\\u200b\\u0007\\u009b", StringComparison.Ordinal)
            .Replace("DRILL", "[/]", StringComparison.Ordinal);
        _node.On("GET /api/markets/banana/board?limit=20", 200, hostile);

        foreach (var terminal in (bool[])[false, true])
        {
            _shell.OutIsTerminal = terminal;
            var ran = await _shell.RunAsync("board");

            ran.Exit.ShouldBe(ExitCode.Done);
            ran.Out.ShouldNotContain("\u001b[2J");
            ran.Out.ShouldContain("<U+001B>");
            ran.Out.ShouldContain("<U+202E>");
            ran.Out.ShouldNotContain("\u202e");
            ran.Out.ShouldNotContain("\u009b");
            ran.Out.ShouldContain("[/]");
        }
        (await _shell.RunAsync("board", "--json")).Out.ShouldAllBe(letter => letter < 128 && (letter >= ' ' || letter == '\n' || letter == '\r'));
    }

    [Fact]
    public async Task Colours_are_for_terminals_and_not_under_NO_COLOR()
    {
        (await _shell.RunAsync("board")).Out.ShouldNotContain("\u001b");

        _shell.OutIsTerminal = true;
        (await _shell.With("COLORTERM", "truecolor").RunAsync("board")).Out.ShouldContain("38;2;");
        (await _shell.With("NO_COLOR", "1").RunAsync("board")).Out.ShouldNotContain("38;2;");
    }

    [Fact]
    public async Task Watch_shows_the_board_now_and_each_change()
    {
        var changed = Samples.Board.ReplaceLineEndings("").Replace("\"score\":7", "\"score\":8", StringComparison.Ordinal);
        _node.Play(Samples.Welcome, $$"""{"board":{{changed}}}""");

        var ran = await _shell.RunAsync("board", "--watch", "--count", "2", "--json");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Json.Select(board => board.GetProperty("teams")[0].GetProperty("score").GetInt32()).ShouldBe([7, 8]);
        _node.Hellos.Single().ShouldBe("""{"hello":{"subscribe":["board"]}}""");
    }

    [Fact]
    public async Task Watch_draws_on_a_terminal_and_ends_well_with_Ctrl_C()
    {
        _shell.OutIsTerminal = true;
        using var stop = new CancellationTokenSource();

        var running = _shell.RunAsync(stop.Token, "board", "--watch");
        await Eventually.TrueAsync(() => !_node.Hellos.IsEmpty);
        await stop.CancelAsync();

        var ran = await running;
        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("BONOBO/alice");
    }

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
