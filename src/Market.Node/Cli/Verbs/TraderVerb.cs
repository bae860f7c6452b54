using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Verbs;

/// <summary><c>trader</c>: join, look at a trader, read its journal.</summary>
public static class TraderVerb
{
    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("trader", "Join the market, look at a trader, read its journal.", "monkonomy trader show BONOBO/alice");
        verb.Add(Show(clients));
        verb.Add(Join(clients));
        verb.Add(Events(clients));
        return verb;
    }

    private static Verb Show(ClientVerbs clients)
    {
        var verb = new Verb("show", "Show what a trader has.", "monkonomy trader show BONOBO/alice");
        var trader = verb.With(Typed.Trader());
        return clients.Acting(verb, async (call, cancel) =>
        {
            var key = call.Value(trader);
            var answer = await call.Node.GetAsync(call.Node.PathOf(NodeClient.TraderPath(key)), cancel);
            if (call.Terminal.Json)
            {
                call.Terminal.Write(answer);
                return ExitCode.Done;
            }
            var state = (answer.Of("state") ?? answer).As<StateMessage>();
            call.Terminal.Line($"[bold]{call.Terminal.Show(key.ToString())}[/] in {call.Node.Market}, {Numbers.Moment(state.Time)}");
            call.Terminal.Line(ResultLines.State(state));
            return ExitCode.Done;
        });
    }

    private static Verb Join(ClientVerbs clients)
    {
        var verb = new Verb("join", "Join the market as a trader and get its token.",
            "monkonomy trader join BONOBO/alice", "monkonomy trader join BONOBO/alice --code jungle --save alice.token")
        {
            Notes = ["Nothing is kept unless --save says where; without the token nobody can act as the trader, and only the organiser can issue it again."],
        };
        var trader = verb.With(Typed.Trader());
        var code = verb.With(Typed.Text("--code", "CODE", "The organiser's join code, where one is needed."));
        var save = new SaveFlag(verb);
        return clients.Acting(verb, async (call, cancel) =>
        {
            var key = call.Value(trader);
            var body = new JsonObject { ["team"] = key.Team, ["name"] = key.Name };
            if (call.Value(code) is { } secret)
            {
                call.Terminal.Hide(secret);
                body["code"] = secret;
            }
            return await save.IssueAsync(call, key, () => call.Node.PostAsync(call.Node.PathOf("traders"), body, null, cancel));
        });
    }

    private static Verb Events(ClientVerbs clients)
    {
        var verb = new Verb("events", "Read a trader's journal: all that ever happened to it.", "monkonomy trader events BONOBO/alice --from 100 --limit 20");
        var trader = verb.With(Typed.Trader());
        var from = verb.With(Typed.Whole("--from", "The first event (default: the journal's first).", 0));
        var limit = verb.With(Typed.Whole("--limit", "How many (default: the node's).", 1, int.MaxValue));
        return clients.Acting(verb, async (call, cancel) =>
        {
            var path = call.Node.PathOf($"{NodeClient.TraderPath(call.Value(trader))}/events{Query(("from", call.Value(from)), ("limit", call.Value(limit)))}");
            var answer = await call.Node.GetAsync(path, cancel);
            if (call.Terminal.Json) { call.Terminal.Write(answer); }
            else { foreach (var line in EventLines.Of(answer, call.Terminal)) { call.Terminal.Line(line); } }
            return ExitCode.Done;
        });
    }

    private static string Query(params (string Key, long? Value)[] given)
    {
        var pairs = given.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={Numbers.Whole(pair.Value!.Value)}").ToList();
        return pairs.Count == 0 ? "" : $"?{string.Join('&', pairs)}";
    }
}
