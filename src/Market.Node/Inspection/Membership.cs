using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Node.Config;
using Market.Node.Hosting;

namespace Market.Node.Inspection;

/// <summary>Who is there and who owns what, as this node hears it. A node that is alone is its own only member and owns every shard.</summary>
public sealed class Membership(MarketNode node, NodeOptions options)
{
    /// <summary>The name of a node that is part of no cluster.</summary>
    public const string AloneName = "local";

    public string Self => options.Cluster?.Node ?? AloneName;

    /// <summary>All shards of all markets, in order.</summary>
    public IReadOnlyList<StreamId> Shards { get; } =
        [.. node.Markets.Values.OrderBy(market => market.Id.Value, StringComparer.Ordinal).SelectMany(market => Enumerable.Range(0, market.Rules.Shards).Select(shard => new StreamId(market.Id, shard)))];

    public ShownCluster Cluster(HttpContext http)
    {
        var members = Present(http);
        var owned = members.SelectMany(member => member.Owned).Select(each => each.Shard).ToHashSet();
        return new ShownCluster(
            Self, node.Cluster is null,
            [.. members.Select(member => new ShownMember(member.Node, member.Http, member.IsAble, [.. Shards.Intersect(member.Owned.Select(each => each.Shard)).Select(shard => shard.ToString())]))],
            [.. Shards.Where(shard => !owned.Contains(shard)).Select(shard => shard.ToString())],
            node.Cluster?.Away);
    }

    /// <summary>Null for a node that is not there.</summary>
    public Here? Find(string name) => node.Cluster?.Present.FirstOrDefault(member => member.Node == name);

    /// <summary>Null while nobody says it owns it.</summary>
    public Here? OwnerOf(StreamId shard) => node.Cluster?.Present.FirstOrDefault(member => member.Owned.Any(owned => owned.Shard == shard));

    private IReadOnlyList<Here> Present(HttpContext http)
    {
        if (node.Cluster is { } cluster) { return cluster.Present; }
        var stopped = node.Engine.Stopped;
        return [new Here(AloneName, node.Engine.Down is null, $"{http.Request.Scheme}://{http.Request.Host}", [.. Shards.Where(shard => !stopped.ContainsKey(shard)).Select(shard => (shard, 0L))])];
    }
}
