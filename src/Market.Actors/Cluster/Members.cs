using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// The nodes of the cluster as one of them hears of them, and what follows for this one: which shards to give up, which nobody seems to own. What it
/// believes may be wrong for a while; the queues and the journal, not this, keep a shard from having two owners that matter. Safe for many threads.
/// </summary>
/// <param name="self">This node's name.</param>
/// <param name="shards">All shards of all markets.</param>
/// <param name="patienceMs">A node not heard of for so long is gone; default 3,000, six times as long as between two notices.</param>
public sealed class Members(string self, IReadOnlyList<StreamId> shards, long patienceMs = 3_000)
{
    /// <summary>Half as long again as between two notices.</summary>
    private const long SilentAfterMs = 750;

    private readonly Lock _gate = new();

    // Owned by the gate.
    private readonly Dictionary<string, (Here Notice, Timestamp At)> _heard = new(StringComparer.Ordinal);
    private readonly Dictionary<(StreamId Shard, string Node), Timestamp> _yielding = [];

    /// <summary>Those heard of lately, this one included once it has told of itself; by name.</summary>
    public IReadOnlyList<Here> Present(Timestamp now)
    {
        lock (_gate)
        {
            return [.. _heard.Values.Where(member => now.MsSince(member.At) <= patienceMs).Select(member => member.Notice).OrderBy(member => member.Node, StringComparer.Ordinal)];
        }
    }

    public void Hear(Notice notice, Timestamp now)
    {
        lock (_gate)
        {
            switch (notice)
            {
                case Here here: _heard[here.Node] = (here, now); break;
                case Gone gone: Forget(gone.Node); break;
                case Yielding yielding: _yielding[(yielding.Shard, yielding.Node)] = now; break;
                case Yielded yielded: _yielding.Remove((yielded.Shard, yielded.Node)); break;
            }
        }
    }

    /// <summary>
    /// Whether another node is still finishing what it has of this shard's mail; believed no longer than that it is there. Several may be: one that
    /// was next in line, and gave the shard up before it had owned it, says nothing of the one before.
    /// </summary>
    public bool IsBeingYielded(StreamId shard, Timestamp now)
    {
        lock (_gate) { return _yielding.Any(yielding => yielding.Key.Shard == shard && yielding.Key.Node != self && now.MsSince(yielding.Value) <= patienceMs); }
    }

    /// <summary>
    /// Of the shards that this node owns, those that others should have. What should go to a node that has just fallen silent stays: it came from there,
    /// perhaps, and would be handed on between the others until that node counts as gone.
    /// </summary>
    public IReadOnlyList<StreamId> ToYield(IEnumerable<StreamId> owned, Timestamp now)
    {
        var plan = Plan(now);
        return [.. owned.Where(shard => plan.TryGetValue(shard, out var owner) && owner != self && IsHeard(owner, now))];
    }

    /// <summary>Shards that no present node says it owns: whoever is first in line for one must be told that it has it.</summary>
    public IReadOnlyList<StreamId> Unowned(Timestamp now)
    {
        var owned = Present(now).SelectMany(member => member.Owned).Select(owned => owned.Shard).ToHashSet();
        return [.. shards.Where(shard => !owned.Contains(shard))];
    }

    private bool IsHeard(string node, Timestamp now)
    {
        lock (_gate) { return _heard.TryGetValue(node, out var member) && now.MsSince(member.At) <= SilentAfterMs; }
    }

    private void Forget(string node)
    {
        _heard.Remove(node);
        foreach (var yielding in _yielding.Keys.Where(yielding => yielding.Node == node)) { _yielding.Remove(yielding); }
    }

    private IReadOnlyDictionary<StreamId, string> Plan(Timestamp now) =>
        FairShare.Plan(shards, [.. Present(now).Where(member => member.IsAble).Select(member => member.Node)]);
}
