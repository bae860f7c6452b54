using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Market.Protocol.Values;

namespace Market.Node.Cli.Verbs;

/// <summary><c>watch</c>: a market as it happens, one line a message.</summary>
public static class WatchVerb
{
    private static readonly string[] Public = ["price", "board", "gibb"];

    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("watch", "Watch prices, boards, gibbs and a trader's results as they happen, until Ctrl-C.",
            "monkonomy watch --topics price,gibb", "monkonomy watch BONOBO/alice --topics result --token-file alice.token")
        {
            Notes =
            [
                TraderTokenFlags.Note,
                "--json prints the frames as they come, the welcome of each connection included; --count does not count welcomes.",
                "A lost connection is made again; what happened meanwhile is missed.",
            ],
        };
        var trader = verb.With(Typed.Trader(ArgumentArity.ZeroOrOne));
        var topics = verb.With(NewTopics());
        var count = verb.With(Typed.Whole("--count", "End after N messages.", 1));
        var token = new TraderTokenFlags();
        token.AddTo(verb);
        return clients.Acting(verb, async (call, cancel) =>
        {
            var hello = HelloOf(call, call.Parsed.GetValue(trader), call.Value(topics), token);
            try
            {
                await FollowAsync(call, hello, call.Value(count) ?? long.MaxValue, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Ctrl-C is how a person ends it.
            }
            return ExitCode.Done;
        });
    }

    /// <summary>Shows so many frames, one line a message.</summary>
    internal static async Task FollowAsync(ClientCall call, Hello hello, long count, CancellationToken cancel)
    {
        await using var feed = new LiveFeed(call.Node, hello, call.Around, call.Terminal.Say);
        var lines = new LiveLines(call.Terminal);
        for (var shown = 0L; shown < count;)
        {
            var frame = await feed.NextAsync(cancel);
            var welcome = frame.Of("welcome");
            if (welcome is null) { shown++; }
            if (call.Terminal.Json) { call.Terminal.Write(frame); }
            else if (welcome is { } greeted) { Greet(call, hello, greeted); }
            else { foreach (var line in lines.Of(frame)) { call.Terminal.Line(line); } }
        }
    }

    private static void Greet(ClientCall call, Hello hello, JsonElement welcome)
    {
        call.Terminal.Say($"Watching {call.Node.Market}{(hello.Trader is { } trader ? $" as {trader}" : "")}: {string.Join(", ", hello.Topics)}.");
        if (welcome.Of("state") is { } state) { call.Terminal.Line(ResultLines.State(state.As<StateMessage>())); }
    }

    private static Hello HelloOf(ClientCall call, TraderKey? trader, IReadOnlyList<string>? topics, TraderTokenFlags token)
    {
        var wanted = topics is { Count: > 0 } ? topics : trader is null ? Public : [.. Public, "result"];
        if (trader is not null) { return new Hello(trader, token.Of(call, trader), wanted); }
        return wanted.Contains("result")
            ? throw new WrongUsageException("The topic result is a trader's own: name it, as in: monkonomy watch TEAM/name --topics result --token-file FILE")
            : new Hello(null, null, wanted);
    }

    private static Option<string[]?> NewTopics() => new("--topics")
    {
        Description = "Of price, board, gibb and result, with commas between (default: all that may be seen).",
        HelpName = "LIST",
        CustomParser = ReadTopics,
    };

    private static string[]? ReadTopics(ArgumentResult given)
    {
        var topics = given.Tokens
            .SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct()
            .ToArray();
        if (topics.Length > 0 && topics.All(topic => topic == "result" || Public.Contains(topic))) { return topics; }
        given.AddError("--topics takes price, board, gibb and result, with commas between.");
        return null;
    }
}
