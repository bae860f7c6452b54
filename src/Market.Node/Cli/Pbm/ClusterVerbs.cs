using System.CommandLine;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm cluster</c>: who is there, since when, with what to do.</summary>
public static class ClusterVerbs
{
    private const string Rule = "the member that started first, and of those that started at once the first by name";

    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("cluster", "The nodes of the cluster.", "monkonomy pbm cluster show");
        verb.Add(Show(inspector));
        verb.Add(Members(inspector));
        verb.Add(Leader(inspector));
        verb.Add(Leave(inspector));
        verb.Add(ListenVerb.Of(inspector));
        return verb;
    }

    private static Verb Show(Inspector inspector) => inspector.Acting(
        new Verb("show", "Every node: since when, how many shards, how much waits.", "monkonomy pbm cluster show"), async (look, cancel) =>
        {
            var cluster = await look.LookAsync("cluster", cancel);
            var nodes = await look.LookAtAllAsync("node", cancel);
            if (look.Terminal.Json)
            {
                look.Terminal.Write(JsonSerializer.SerializeToElement(new { cluster, nodes }));
                return ExitCode.Done;
            }
            look.Terminal.Line(Headline(cluster, look.Terminal));
            look.Terminal.Draw(Sheet.Of(look.Terminal, ["node", "up", "#shards", "#stopped", "#waiting", "#dead letters", "memory", "#cpu s", "log"], nodes.Select(node => new[]
            {
                node.Cell("node"), Sheet.Span(node.Number("uptimeMs")), node.Cell("shards"), node.Cell("stopped"), node.Cell("waiting"), node.Cell("deadLetters"),
                Sheet.Size(node.Number("memoryBytes")), node.Cell("cpuSeconds"), node.Cell("logLevel"),
            })));
            return ExitCode.Done;
        });

    private static Verb Members(Inspector inspector) => inspector.Acting(
        new Verb("members", "Every node: where its door is, whether it can serve, which shards it owns.", "monkonomy pbm cluster members"), async (look, cancel) =>
        {
            var cluster = await look.LookAsync("cluster", cancel);
            if (look.Terminal.Json) { look.Terminal.Write(cluster); }
            else
            {
                look.Terminal.Draw(Sheet.Of(look.Terminal, ["node", "door", "able", "shards"], cluster.Rows("members").Select(member => new[]
                {
                    member.Cell("node"), member.Cell("http"), member.Cell("able"), member.Cell("shards"),
                })));
            }
            return ExitCode.Done;
        });

    private static Verb Leader(Inspector inspector) => inspector.Acting(
        new Verb("leader", "The oldest member. Nothing depends on it: shards are shared out by a rule that all nodes follow.", "monkonomy pbm cluster leader"), async (look, cancel) =>
        {
            var members = (await look.LookAtAllAsync("node", cancel))
                .Select(node => (Name: node.Cell("node"), Started: node.Cell("started"))).OrderBy(node => node.Started, StringComparer.Ordinal).ThenBy(node => node.Name, StringComparer.Ordinal).ToList();
            if (members.Count == 0) { throw new NodeFailedException("No member of the cluster answers; this node is away from it, perhaps."); }
            if (look.Terminal.Json)
            {
                look.Terminal.Write(JsonSerializer.SerializeToElement(new { leader = members[0].Name, started = members[0].Started, rule = Rule, members = members.Select(node => node.Name) }));
                return ExitCode.Done;
            }
            look.Terminal.Line($"{look.Terminal.Show(members[0].Name)}, since {look.Terminal.Show(members[0].Started)}: {Rule}.");
            look.Terminal.Line("Nothing depends on it: nodes are equal, and a lost one is missed for its shards alone.");
            return ExitCode.Done;
        });

    private static Verb Leave(Inspector inspector)
    {
        var verb = new Verb("leave", "A node hands its shards over, one after the other, and ends.", "monkonomy pbm cluster leave node-3 --yes");
        var name = verb.With(new Argument<string>("NODE") { Description = "Its name, as cluster members shows it." });
        var yes = new Yes(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            yes.Need(look, $"end {look.Value(name)}: it hands its shards over and is started again by hand only.");
            var answer = await look.ActAsync("leave", null, cancel, ("node", look.Value(name)));
            if (look.Terminal.Json) { look.Terminal.Write(answer); }
            else { look.Terminal.Line($"{look.Terminal.Show(answer.Cell("node"))} is leaving."); }
            return ExitCode.Done;
        });
    }

    private static string Headline(JsonElement cluster, Terminal terminal)
    {
        var members = cluster.Rows("members");
        var self = terminal.Show(cluster.Text("node"));
        if (cluster.Of("away") is not null) { return $"[{Palette.Bad}]{self} has no part in the cluster now:[/] {terminal.Show(cluster.Text("away"))}"; }
        if (cluster.Of("alone") is { ValueKind: JsonValueKind.True }) { return $"{self} is alone: a cluster of one."; }
        var unowned = cluster.Rows("unowned").Count;
        var owned = members.Sum(member => member.Rows("shards").Count);
        return $"{self} sees {Numbers.Whole(members.Count)} nodes; {Numbers.Whole(owned)} shards have an owner, {Numbers.Whole(unowned)} have none.";
    }
}
