using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Plantations;

/// <summary>An investment that is growing.</summary>
/// <param name="Number">Counts plantings from 1.</param>
/// <param name="DueMs">When it comes home, in market time.</param>
public readonly record struct Growing(long Number, TraderKey Trader, string TxnId, Coins Harvest, long DueMs);

/// <summary>What the plantation knows. Owned by its shard's thread; changed by <c>Evolve</c> only.</summary>
public sealed class PlantationState
{
    private readonly PriorityQueue<Growing, (long DueMs, long Number)> _growing = new();

    /// <summary>How many investments were ever planted.</summary>
    public long Planted { get; private set; }

    /// <summary>T: all coins ever invested in this market; stands still at its greatest rather than overflow.</summary>
    public Coins Total { get; private set; }

    public int InFlight => _growing.Count;

    /// <summary>The one that comes home next; null when nothing grows.</summary>
    public Growing? Next => _growing.TryPeek(out var next, out _) ? next : null;

    public void Evolve(Planted happened)
    {
        Planted++;
        Total = happened.Total;
        Add(new Growing(Planted, happened.Trader, happened.TxnId, happened.Harvest, happened.DueMs));
    }

    /// <returns>What came home.</returns>
    public Growing Evolve(Harvested happened)
    {
        Invariant.Require(_growing.TryDequeue(out var home, out _), "What is harvested was growing.");
        Invariant.Require(home.Number == happened.Number, "What is due first is harvested first.");
        return home;
    }

    /// <summary>All that grows, in the order it comes home: the same for the same state.</summary>
    public IEnumerable<Growing> InOrder() => _growing.UnorderedItems.Select(item => item.Element).OrderBy(g => g.DueMs).ThenBy(g => g.Number);

    /// <summary>From a snapshot.</summary>
    public static PlantationState Restore(long planted, Coins total, IEnumerable<Growing> growing)
    {
        var restored = new PlantationState { Planted = planted, Total = total };
        foreach (var one in growing) { restored.Add(one); }
        return restored;
    }

    private void Add(Growing one) => _growing.Enqueue(one, (one.DueMs, one.Number));
}
