using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Doors.Http;
using Market.Node.Hosting;

namespace Market.Node.Inspection;

/// <summary>Looks at the shards that take turns on this node.</summary>
public sealed class ShardLooks(MarketNode node, Membership members, ClusterLooks cluster)
{
    private const int MaxRows = 1_000;

    public async Task ListAsync(HttpContext http)
    {
        if (await Queries.NumberAsync(http, "from", 0, 0, int.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "limit", 100, 1, MaxRows) is not { } limit) { return; }
        var shown = await node.LookAsync(
            engine => engine.Shards.OrderBy(shard => shard.Stream.Market.Value, StringComparer.Ordinal).ThenBy(shard => shard.Stream.Shard).Select(Show).ToList(), http.RequestAborted);
        shown.AddRange(node.Engine.Stopped.Select(stopped => new ShownShard(PathOf(stopped.Key), members.Self, "stopped", Why: stopped.Value)));
        var page = shown.Skip((int)from).Take((int)limit).ToList();
        await Gate.SendAsync(http, new ShownShards(members.Self, cluster.UptimeMs, shown.Count, page, from + page.Count < shown.Count ? from + page.Count : null));
    }

    public static string PathOf(StreamId shard) => new ActorPath(ActorKind.Shard, shard.Market, Shard: shard.Shard).ToString();

    /// <summary>On the engine's thread: counts that are kept, nothing walked but the shard's peers.</summary>
    internal ShownShard Show(Shard shard) => new(
        PathOf(shard.Stream), members.Self, "running", shard.NextSequence, shard.State.Traders.Count, shard.Mailbox.Depth, shard.Mailbox.Capacity,
        shard.State.Links.Sum(link => link.Owed.Count), shard.Time.ToString(), [.. Actors(shard.State.Placement, shard.Stream.Shard)]);

    private static IEnumerable<string> Actors(Placement placement, int shard)
    {
        if (placement.MarketShard == shard) { yield return "market"; }
        if (placement.PriceShard == shard) { yield return "price"; }
        if (placement.PlantationShard == shard) { yield return "plantation"; }
        if (placement.GibberShard == shard) { yield return "gibber"; }
    }
}
