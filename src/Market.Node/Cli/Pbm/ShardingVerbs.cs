using System.Globalization;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm cluster-sharding</c>: markets, their shards, and how they are shared out.</summary>
public static class ShardingVerbs
{
    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("cluster-sharding", "Markets, their shards, and how they are shared out.", "monkonomy pbm cluster-sharding shards");
        verb.Add(Regions(inspector));
        verb.Add(Shards(inspector));
        verb.Add(Stats(inspector));
        return verb;
    }

    /// <summary>The shards of all nodes, by market and number.</summary>
    internal static async Task<IReadOnlyList<JsonElement>> AllAsync(Inspection look, CancellationToken cancel) =>
        Sorted((await look.LookAtAllAsync("shards", cancel, ("limit", 1_000))).SelectMany(node => node.Rows("shards")));

    /// <summary>The tenth after the ninth.</summary>
    internal static IReadOnlyList<JsonElement> Sorted(IEnumerable<JsonElement> shards) => [.. shards
        .Select(shard => (Shard: shard, Parts: shard.Cell("path").Split('/')))
        .OrderBy(each => each.Parts[1], StringComparer.Ordinal)
        .ThenBy(each => int.TryParse(each.Parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
        .Select(each => each.Shard)];

    private static Verb Regions(Inspector inspector) => inspector.Acting(
        new Verb("regions", "Every market as each node's doors see it.", "monkonomy pbm cluster-sharding regions"), async (look, cancel) =>
        {
            var nodes = await look.LookAtAllAsync("regions", cancel);
            if (look.Terminal.Json) { look.Terminal.Write(JsonSerializer.SerializeToElement(new { nodes })); }
            else
            {
                look.Terminal.Draw(Sheet.Of(look.Terminal, ["node", "market", "status", "#shards", "#traders", "#in flight", "#waiting at the door"], nodes.SelectMany(node => node.Rows("regions").Select(region => new[]
                {
                    node.Cell("node"), region.Cell("market"), region.Cell("status"), region.Cell("shards"), region.Cell("traders"), region.Cell("inFlight"), region.Cell("waiting"),
                }))));
            }
            return ExitCode.Done;
        });

    private static Verb Shards(Inspector inspector)
    {
        var verb = new Verb("shards", "Every shard: who owns it, how far it has come, what waits for it.", "monkonomy pbm cluster-sharding shards --limit 16");
        var paging = new Paging(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var all = await AllAsync(look, cancel);
            var next = paging.Next(look, all.Count);
            if (look.Terminal.Json)
            {
                look.Terminal.Write(JsonSerializer.SerializeToElement(new { count = all.Count, shards = paging.Of(look, all), next }));
                return ExitCode.Done;
            }
            look.Terminal.Draw(Sheet.Of(look.Terminal, ["shard", "node", "status", "#next event", "#traders", "#waiting", "#owed", "last turn", "actors"], paging.Of(look, all).Select(shard => new[]
            {
                shard.Cell("path"), shard.Cell("node"), shard.Cell("status"), shard.Cell("sequence"), shard.Cell("traders"), shard.Cell("waiting"), shard.Cell("owed"), shard.Cell("time"),
                shard.Of("why") is null ? shard.Cell("actors") : shard.Cell("why"),
            })));
            Paging.SayMore(look, next);
            return ExitCode.Done;
        });
    }

    private static Verb Stats(Inspector inspector) => inspector.Acting(
        new Verb("stats", "How the shards are shared out: a line a node.", "monkonomy pbm cluster-sharding stats"), async (look, cancel) =>
        {
            var nodes = (await AllAsync(look, cancel)).GroupBy(shard => shard.Cell("node"), StringComparer.Ordinal).Select(node => new
            {
                node = node.Key,
                shards = node.Count(),
                stopped = node.Count(shard => shard.Cell("status") == "stopped"),
                traders = node.Sum(shard => shard.Number("traders")),
                waiting = node.Sum(shard => shard.Number("waiting")),
                owed = node.Sum(shard => shard.Number("owed")),
                events = node.Sum(shard => Math.Max(0, shard.Number("sequence") - 1)),
            }).OrderBy(node => node.node, StringComparer.Ordinal).ToList();
            if (look.Terminal.Json) { look.Terminal.Write(JsonSerializer.SerializeToElement(new { nodes })); }
            else
            {
                look.Terminal.Draw(Sheet.Of(look.Terminal, ["node", "#shards", "#stopped", "#traders", "#waiting", "#owed", "#events ever"], nodes.Select(node => new[]
                {
                    node.node, Numbers.Whole(node.shards), Numbers.Whole(node.stopped), Numbers.Whole(node.traders), Numbers.Whole(node.waiting), Numbers.Whole(node.owed), Numbers.Whole(node.events),
                })));
            }
            return ExitCode.Done;
        });
}
