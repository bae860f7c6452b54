using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>A node of the cluster, as it last told.</summary>
/// <param name="Name">Its own, for good; no two nodes have the same.</param>
/// <param name="Owned">The shards it owns, as <c>market/shard</c>.</param>
public sealed record Member(string Name, IReadOnlyCollection<string> Owned);

/// <summary>
/// Who should own what: pure, and the same on every node that knows the same members. Each shard goes to the member that wants it most, by a hash
/// of both (rendezvous), among those with room left: nobody gets more than the number of shards divided by that of members, rounded up. So the
/// shares are even, and few shards move when a member comes or goes.
/// </summary>
public static class FairShare
{
    /// <returns>The wanted owner of each shard; empty when there are no members.</returns>
    public static IReadOnlyDictionary<string, string> Plan(IReadOnlyCollection<string> shards, IReadOnlyCollection<string> members)
    {
        var plan = new Dictionary<string, string>(StringComparer.Ordinal);
        if (members.Count == 0) { return plan; }
        var most = (shards.Count + members.Count - 1) / members.Count;
        var withMost = shards.Count - ((most - 1) * members.Count);
        var load = members.ToDictionary(member => member, _ => 0, StringComparer.Ordinal);
        foreach (var shard in shards.Order(StringComparer.Ordinal))
        {
            var owner = members
                .Where(member => load[member] < most - 1 || (load[member] == most - 1 && withMost > 0))
                .MaxBy(member => (StableHash.Hash64(member, StableHash.Hash64(shard)), member))!;
            if (++load[owner] == most) { withMost--; }
            plan[shard] = owner;
        }
        return plan;
    }
}
