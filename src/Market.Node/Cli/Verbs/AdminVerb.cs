using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;

namespace Market.Node.Cli.Verbs;

/// <summary><c>admin</c>: what only the organiser may do.</summary>
public static class AdminVerb
{
    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("admin", "Run a game: start, pause, resume, end; issue a trader's token again.", "monkonomy admin pause --market banana");
        verb.Add(Action(clients, "start", "Start a market: from now on commands are taken.", "takes commands from then on", "open"));
        verb.Add(Action(
            clients, "pause", "Pause a market: the price, the plantation and bursts stand still.", "stands still and takes no commands until it is resumed", "running"));
        verb.Add(Action(clients, "resume", "Resume a paused market.", "takes commands again", "paused"));
        verb.Add(Action(
            clients, "end", "End a market for good; its board becomes final.",
            "takes no commands ever again, its board becomes final, and this cannot be undone", "open", "running", "paused"));
        verb.Add(Token(clients));
        return verb;
    }

    private static Verb Action(ClientVerbs clients, string action, string description, string effect, params string[] from)
    {
        var verb = new Verb(action, description, $"monkonomy admin {action} --market banana", $"monkonomy admin {action} --dry-run") { Notes = [AdminTokenFlags.Note] };
        var token = new AdminTokenFlags(verb);
        var dry = verb.With(new System.CommandLine.Option<bool>("--dry-run") { Description = "Only say what would happen." });
        var confirm = new Confirmation(verb, asks: action == "end");
        return clients.Acting(verb, async (call, cancel) =>
        {
            if (call.Value(dry)) { return Foresee(call, action, effect, from, await StatusAsync(call, cancel)); }
            var secret = token.Of(call);
            if (!confirm.IsGiven(call, $"{action} {call.Node.Market}: it {effect}.")) { return ExitCode.Failed; }
            var answer = await call.Node.PostAsync($"api/admin/markets/{call.Node.Market}/{action}", null, secret, cancel);
            if (call.Terminal.Json) { call.Terminal.Write(answer); }
            else { call.Terminal.Line($"{call.Node.Market}: {action} done{(answer.Text("status") is { } status ? $", it is {call.Terminal.Show(status)}" : "")}."); }
            return ExitCode.Done;
        });
    }

    private static Verb Token(ClientVerbs clients)
    {
        var verb = new Verb("token", "Issue a trader's token again, for somebody who lost it.", "monkonomy admin token BONOBO/alice --save alice.token")
        {
            Notes = [AdminTokenFlags.Note],
        };
        var trader = verb.With(Typed.Trader());
        var token = new AdminTokenFlags(verb);
        var save = new SaveFlag(verb);
        return clients.Acting(verb, async (call, cancel) =>
        {
            var key = call.Value(trader);
            var secret = token.Of(call);
            var path = $"api/admin/markets/{call.Node.Market}/{NodeClient.TraderPath(key)}/token";
            return await save.IssueAsync(call, key, () => call.Node.PostAsync(path, null, secret, cancel));
        });
    }

    private static async Task<string> StatusAsync(ClientCall call, CancellationToken cancel)
    {
        var market = await call.Node.GetAsync(call.Node.PathOf(""), cancel);
        return market.As<MarketMessage>().Status ?? throw NodeFailedException.NotANode();
    }

    private static int Foresee(ClientCall call, string action, string effect, string[] from, string status)
    {
        var possible = from.Contains(status);
        var market = call.Node.Market;
        if (call.Terminal.Json)
        {
            var foreseen = new JsonObject { ["dryRun"] = true, ["market"] = market.Value, ["action"] = action, ["status"] = status, ["possible"] = possible };
            call.Terminal.Write(System.Text.Json.JsonSerializer.SerializeToElement(foreseen));
            return ExitCode.Done;
        }
        var now = $"{market} is {call.Terminal.Show(status)}";
        call.Terminal.Line(possible
            ? $"{now}. After {action} it {effect}."
            : $"{now}; {action} is for a market that is {string.Join(" or ", from)}, and would change nothing.");
        call.Terminal.Line("Nothing was done.");
        return ExitCode.Done;
    }
}
