using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm journal</c>: what was written, what came last, and whether it adds up.</summary>
public static class JournalVerbs
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("journal", "The journal: what was written, what came last, whether it adds up.", "monkonomy pbm journal tail --limit 5");
        verb.Add(Stats(inspector));
        verb.Add(Tail(inspector));
        verb.Add(Verify(inspector));
        return verb;
    }

    private static Verb Stats(Inspector inspector)
    {
        var verb = new Verb("stats", "What each node did with the journal since it started.", "monkonomy pbm journal stats");
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var nodes = await look.LookAtAllAsync("journal", cancel);
            if (look.Terminal.Json)
            {
                look.Terminal.Write(JsonSerializer.SerializeToElement(new { nodes }));
                return ExitCode.Done;
            }
            look.Terminal.Draw(Sheet.Of(look.Terminal, ["node", "kind", "writable", "#appends", "#turns", "#events", "bytes", "#replayed"], nodes.Select(node => new[]
            {
                node.Cell("node"), node.Cell("kind"), node.Of("down") is null ? node.Cell("writable") : node.Cell("down"), node.Cell("appends"), node.Cell("turns"), node.Cell("events"),
                Sheet.Size(node.Number("bytes")), node.Cell("recoveredEvents"),
            })));
            if (nodes.Count > 0) { look.Terminal.Line($"{Numbers.Whole(nodes[0].Rows("streams").Sum(stream => stream.Number("nextSequence") - 1))} events in all, in {Numbers.Whole(nodes[0].Rows("streams").Count)} streams."); }
            return ExitCode.Done;
        });
    }

    private static Verb Tail(Inspector inspector)
    {
        var verb = new Verb("tail", "A market's newest events, of all its shards or of one.", "monkonomy pbm journal tail --limit 5", "monkonomy pbm journal tail --shard 3 --from 100");
        var shard = verb.With(Typed.Whole("--shard", "Of this shard only.", 0, int.MaxValue));
        var paging = new Paging(verb, "With --shard: the first event's number.");
        return inspector.Acting(verb, async (look, cancel) =>
        {
            if (paging.From(look) is not null && look.Value(shard) is null) { throw new WrongUsageException("--from is an event's number in one shard's journal: say which with --shard."); }
            var answer = await look.LookAsync($"markets/{look.Call.Node.Market}/tail", cancel, ("shard", look.Value(shard)), ("from", paging.From(look)), ("limit", paging.Limit(look)));
            ActorVerbs.ShowEvents(look, answer);
            return ExitCode.Done;
        });
    }

    private static Verb Verify(Inspector inspector)
    {
        var verb = new Verb("verify", "Hold the whole journal against what must always be true, while the node goes on.", "monkonomy pbm journal verify")
        {
            Notes =
            [
                "The node replays the whole journal beside its work: that takes its time, and as much memory again as the market has. One at a time; who asks meanwhile waits for the same.",
                "Ends with 1 when something does not hold.",
            ],
        };
        var member = new MemberFlag(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var audit = await look.ActAsync("audit", null, cancel, member.Of(look));
            while (audit.Of("running") is { ValueKind: JsonValueKind.True })
            {
                await Task.Delay(BetweenLooks, cancel);
                audit = await look.LookAsync("audit", cancel, member.Of(look));
            }
            if (audit.Text("failed") is { } failed) { throw new NodeFailedException(failed); }
            if (look.Terminal.Json) { look.Terminal.Write(audit); }
            else { Show(look.Terminal, audit); }
            return audit.Rows("reports").All(Holds) ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static bool Holds(JsonElement report) => report.Of("holds") is { ValueKind: JsonValueKind.True };

    private static void Show(Terminal terminal, JsonElement audit)
    {
        foreach (var report in audit.Rows("reports"))
        {
            terminal.Line($"{terminal.Show(report.Cell("market"))}: {report.Cell("events")} events in {report.Cell("turns")} turns, {report.Cell("traders")} traders, {report.Cell("checks")} checks, {report.Cell("findings")} findings. {(Holds(report) ? "All holds." : "SOMETHING IS WRONG.")}");
            foreach (var finding in report.Rows("first")) { terminal.Line(terminal.Show(finding.GetString())); }
        }
    }
}
