using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Spectre.Console;

namespace Market.Node.Cli.Verbs;

/// <summary><c>board</c>: who leads, once or live.</summary>
public static class BoardVerb
{
    /// <summary>Traders shown unless told otherwise: a screenful.</summary>
    private const int DefaultLimit = 20;

    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("board", "Show the scoreboard: teams, then traders.", "monkonomy board --limit 10", "monkonomy board --watch");
        var limit = verb.With(Typed.Whole("--limit", $"How many traders (default: {DefaultLimit}).", 1, int.MaxValue));
        var watch = verb.With(new System.CommandLine.Option<bool>("--watch") { Description = "Go on showing it as it changes, until Ctrl-C." });
        var count = verb.With(Typed.Whole("--count", "With --watch: end after N boards.", 1));
        return clients.Acting(verb, async (call, cancel) =>
        {
            var rows = (int)(call.Value(limit) ?? DefaultLimit);
            var first = await call.Node.GetAsync(call.Node.PathOf($"board?limit={Numbers.Whole(rows)}"), cancel);
            if (!call.Value(watch))
            {
                Show(call, first, rows);
                return ExitCode.Done;
            }
            return await WatchAsync(call, first, rows, call.Value(count) ?? long.MaxValue, cancel);
        });
    }

    private static async Task<int> WatchAsync(ClientCall call, JsonElement first, int rows, long count, CancellationToken cancel)
    {
        try
        {
            await (call.Terminal.IsLive ? DrawAsync(call, first, rows, count, cancel) : ListAsync(call, first, rows, count, cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ctrl-C is how a person ends it.
        }
        return ExitCode.Done;
    }

    private static Task DrawAsync(ClientCall call, JsonElement first, int rows, long count, CancellationToken cancel)
    {
        var live = call.Terminal.Console.Live(BoardTables.Of(first.As<BoardMessage>(), call.Terminal, rows)).Overflow(VerticalOverflow.Ellipsis);
        return live.StartAsync(async context =>
        {
            context.Refresh();
            await FollowAsync(call, count - 1, board => context.UpdateTarget(BoardTables.Of(board.As<BoardMessage>(), call.Terminal, rows)), cancel);
        });
    }

    private static Task ListAsync(ClientCall call, JsonElement first, int rows, long count, CancellationToken cancel)
    {
        Show(call, first, rows);
        return FollowAsync(call, count - 1, board => Show(call, board, rows), cancel);
    }

    private static async Task FollowAsync(ClientCall call, long count, Action<JsonElement> show, CancellationToken cancel)
    {
        if (count == 0) { return; }
        await using var feed = new LiveFeed(call.Node, new Hello(null, null, ["board"]), call.Around, call.Terminal.Say);
        for (var shown = 0L; shown < count;)
        {
            var frame = await feed.NextAsync(cancel);
            if (frame.Of("board") is not { } board) { continue; }
            show(board);
            shown++;
        }
    }

    private static void Show(ClientCall call, JsonElement board, int rows)
    {
        if (call.Terminal.Json) { call.Terminal.Write(board); }
        else { call.Terminal.Draw(BoardTables.Of(board.As<BoardMessage>(), call.Terminal, rows)); }
    }
}
