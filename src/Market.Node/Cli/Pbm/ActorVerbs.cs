using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm actor</c>: what is there, what it knows, what happened to it, and asking it.</summary>
public static class ActorVerbs
{
    /// <summary>Deepest hierarchy shown: from a market to its traders.</summary>
    private const int MaxDepth = 4;

    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("actor", "Actors: what is there, what one knows, what happened to it.", "monkonomy pbm actor show /banana/trader/BONOBO/alice")
        {
            Notes = ["An actor's address: /banana/trader/TEAM/name, /banana/price, /banana/plantation, /banana/gibber, /banana/market, /banana/shard/N."],
        };
        verb.Add(Hierarchy(inspector));
        verb.Add(Show(inspector));
        verb.Add(Events(inspector));
        verb.Add(TopVerb.Of(inspector));
        verb.Add(Ask(inspector));
        return verb;
    }

    private static Argument<string> Path(bool optional = false)
    {
        var path = new Argument<string>("PATH") { Description = "An actor's address, e.g. /banana/price.", Arity = optional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne };
        if (optional) { path.DefaultValueFactory = _ => "/"; }
        return path;
    }

    private static Verb Hierarchy(Inspector inspector)
    {
        var verb = new Verb("hierarchy", "What is below an address: markets, actors, teams, traders, shards.", "monkonomy pbm actor hierarchy /banana --depth 2", "monkonomy pbm actor hierarchy /banana/trader/BONOBO --limit 50");
        var path = verb.With(Path(optional: true));
        var depth = verb.With(Typed.Whole("--depth", "How many levels (default: 1); --from and --limit are of each level's first page.", 1, MaxDepth));
        var paging = new Paging(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var levels = (int)(look.Value(depth) ?? 1);
            await ShowBelowAsync(look, paging, look.Value(path), paging.From(look), 0, levels, cancel);
            return ExitCode.Done;
        });
    }

    private static async Task ShowBelowAsync(Inspection look, Paging paging, string path, long? from, int level, int levels, CancellationToken cancel)
    {
        var answer = await look.LookAsync("actors", cancel, ("path", path), ("from", from), ("limit", paging.Limit(look)));
        if (look.Terminal.Json) { look.Terminal.Write(answer); }
        foreach (var child in answer.Rows("actors"))
        {
            if (!look.Terminal.Json) { look.Terminal.Line($"{new string(' ', level * 2)}{Line(child, look.Terminal)}"); }
            if (level + 1 < levels && child.Number("children") > 0) { await ShowBelowAsync(look, paging, child.Cell("path"), null, level + 1, levels, cancel); }
        }
        if (!look.Terminal.Json) { Paging.SayMore(look, answer); }
    }

    private static string Line(JsonElement child, Terminal terminal)
    {
        var children = child.Of("children") is null ? "" : $" [dim]{terminal.Show(child.Cell("children"))} below[/]";
        var shard = child.Of("shard") is null ? "" : $" [dim]on shard {terminal.Show(child.Cell("shard"))}[/]";
        var state = child.Of("state") is { } known ? $"  {EventLines.Line(known, terminal)}" : "";
        return $"{terminal.Show(child.Cell("path"))}{children}{shard}{state}";
    }

    private static Verb Show(Inspector inspector)
    {
        var verb = new Verb("show", "One actor: state, sequence number, mailbox, node, memory, last answers.", "monkonomy pbm actor show /banana/trader/BONOBO/alice", "monkonomy pbm actor show /banana/shard/3");
        var path = verb.With(Path());
        return inspector.Acting(verb, async (look, cancel) =>
        {
            Show(look.Terminal, await look.LookAsync("actor", cancel, ("path", look.Value(path))));
            return ExitCode.Done;
        });
    }

    private static void Show(Terminal terminal, JsonElement actor)
    {
        if (terminal.Json)
        {
            terminal.Write(actor);
            return;
        }
        var mailbox = actor.Of("mailbox") ?? throw NodeFailedException.NotANode();
        terminal.Line($"[bold]{terminal.Show(actor.Cell("path"))}[/] on {terminal.Show(actor.Cell("shard"))} of {terminal.Show(actor.Cell("node"))}");
        terminal.Line($"next event {terminal.Show(actor.Cell("sequence"))} · {terminal.Show(mailbox.Cell("waiting"))} of {terminal.Show(mailbox.Cell("capacity"))} waiting{(actor.Of("memoryBytes") is null ? "" : $" · about {Sheet.Size(actor.Number("memoryBytes"))}")}");
        terminal.Line($"state  {EventLines.Line(actor.Of("state") ?? default, terminal)}");
        foreach (var one in actor.Rows("last")) { terminal.Line($"last   {EventLines.Line(one, terminal)}"); }
    }

    private static Verb Events(Inspector inspector)
    {
        var verb = new Verb("events", "What happened to an actor, as the journal has it.", "monkonomy pbm actor events /banana/trader/BONOBO/alice", "monkonomy pbm actor events /banana/price --limit 5")
        {
            Notes = ["A trader's events are numbered by themselves and shown from its first; those of others by their shard's journal, and without --from the newest are shown."],
        };
        var path = verb.With(Path());
        var paging = new Paging(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var answer = await look.LookAsync("events", cancel, ("path", look.Value(path)), ("from", paging.From(look)), ("limit", paging.Limit(look)));
            ShowEvents(look, answer);
            return ExitCode.Done;
        });
    }

    /// <summary>A page of events.</summary>
    internal static void ShowEvents(Inspection look, JsonElement answer)
    {
        if (look.Terminal.Json)
        {
            look.Terminal.Write(answer);
            return;
        }
        foreach (var line in EventLines.Of(answer, look.Terminal)) { look.Terminal.Line(line); }
        Paging.SayMore(look, answer);
    }

    private static Verb Ask(Inspector inspector)
    {
        var verb = new Verb("ask", "Ask an actor as its own door would, in the organiser's name: a trader a command, the market an action, Gibber a post.",
            """monkonomy pbm actor ask /banana/price '{"ask":"state"}'""", """monkonomy pbm actor ask /banana/trader/BONOBO/alice '{"txnId":"t1","type":"FEED","monkeys":1}' --yes""")
        {
            Notes = ["""Every actor can be asked {"ask":"state"}; all else changes something, and needs --yes."""],
        };
        var path = verb.With(Path());
        var json = verb.With(new Argument<string>("JSON") { Description = "What it is asked." });
        var yes = new Yes(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var body = Body(look.Value(json));
            var looksOnly = body is { Count: 1 } && body["ask"] is JsonValue asked && asked.TryGetValue<string>(out var word) && word == "state";
            if (!looksOnly) { yes.Need(look, $"ask {look.Value(path)} something that may change it."); }
            var answer = await look.ActAsync("ask", body, cancel, ("path", look.Value(path)));
            if (looksOnly) { Show(look.Terminal, answer); }
            else if (look.Terminal.Json) { look.Terminal.Write(answer); }
            else { look.Terminal.Line(EventLines.Line(answer, look.Terminal)); }
            return answer.Of("code") is null || answer.As<ResultMessage>().IsAccepted ? ExitCode.Done : ExitCode.Refused;
        });
    }

    private static JsonObject Body(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new WrongUsageException("JSON: an object is needed.");
        }
        catch (JsonException)
        {
            throw new WrongUsageException("JSON: an object is needed, in quotes that your shell leaves alone.");
        }
    }
}
