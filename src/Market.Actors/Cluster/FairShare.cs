using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// Who should own what: pure, and the same on every node that knows the same members. Each shard goes to the member that wants it most, by a hash
/// of both (rendezvous), among those with room left: nobody gets more than the number of shards divided by that of members, rounded up. So the
/// shares are even, and few shards move when a member comes or goes.
/// </summary>
public static class FairShare
{
    /// <param name="shards">In any order; each once.</param>
    /// <param name="members">Their names, in any order; each once.</param>
    /// <returns>The wanted owner of each shard; empty when there are no members.</returns>
    public static IReadOnlyDictionary<StreamId, string> Plan(IReadOnlyCollection<StreamId> shards, IReadOnlyCollection<string> members)
    {
        var plan = new Dictionary<StreamId, string>();
        if (members.Count == 0) { return plan; }
        var most = (shards.Count + members.Count - 1) / members.Count;
        var withMost = shards.Count - ((most - 1) * members.Count);
        var load = members.ToDictionary(member => member, _ => 0, StringComparer.Ordinal);
        foreach (var shard in shards.OrderBy(shard => shard.Market.Value, StringComparer.Ordinal).ThenBy(shard => shard.Shard))
        {
            var owner = members
                .Where(member => load[member] < most - 1 || (load[member] == most - 1 && withMost > 0))
                .OrderBy(member => member, StringComparer.Ordinal)
                .MaxBy(member => Wants(member, shard))!;
            if (++load[owner] == most) { withMost--; }
            plan[shard] = owner;
        }
        return plan;
    }

    private static ulong Wants(string member, StreamId shard) => StableHash.Hash64(member, StableHash.Hash64(shard.ToString()));
}
