using System.Text.Json;
using Market.Node.Cli.Client;

namespace Market.Node.Cli.Pbm;

/// <summary>Something that happened to the cluster between two looks.</summary>
/// <param name="What">joined, left, able, unable, took or lost.</param>
/// <param name="Shard">Of took and lost; null otherwise.</param>
/// <param name="From">Who had the shard before; null when nobody did.</param>
public sealed record ClusterChange(string What, string Node, string? Shard = null, string? From = null);

/// <summary>What changed from one look at the cluster to the next.</summary>
public static class ClusterChanges
{
    /// <param name="before">Null for the first look: everybody joins.</param>
    public static IEnumerable<ClusterChange> Between(JsonElement? before, JsonElement after)
    {
        var (was, now) = (Members(before), Members(after));
        foreach (var node in now.Keys.Where(node => !was.ContainsKey(node))) { yield return new ClusterChange("joined", node); }
        foreach (var (node, able) in now)
        {
            if (was.TryGetValue(node, out var wasAble) && wasAble != able) { yield return new ClusterChange(able ? "able" : "unable", node); }
        }
        var (had, has) = (Owners(before), Owners(after));
        foreach (var (shard, owner) in has)
        {
            if (had.GetValueOrDefault(shard) != owner) { yield return new ClusterChange("took", owner, shard, had.GetValueOrDefault(shard)); }
        }
        foreach (var (shard, owner) in had.Where(each => !has.ContainsKey(each.Key))) { yield return new ClusterChange("lost", owner, shard); }
        foreach (var node in was.Keys.Where(node => !now.ContainsKey(node))) { yield return new ClusterChange("left", node); }
    }

    private static SortedDictionary<string, bool> Members(JsonElement? cluster)
    {
        var members = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var member in Rows(cluster)) { members[member.Cell("node")] = member.Of("able") is { ValueKind: JsonValueKind.True }; }
        return members;
    }

    private static SortedDictionary<string, string> Owners(JsonElement? cluster)
    {
        var owners = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Rows(cluster))
        {
            foreach (var shard in member.Rows("shards")) { owners[shard.GetString() ?? ""] = member.Cell("node"); }
        }
        return owners;
    }

    private static IReadOnlyList<JsonElement> Rows(JsonElement? cluster) => cluster?.Rows("members") ?? [];
}
