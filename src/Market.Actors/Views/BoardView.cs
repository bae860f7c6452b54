using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Views;

/// <summary>Every trader of a market as the journal has it, for the scoreboard. Not safe for many threads; its market's view guards it.</summary>
internal sealed class BoardView(int shards)
{
    private readonly List<(TraderKey Key, TraderState State)>[] _bySlot = [.. Enumerable.Range(0, shards).Select(_ => new List<(TraderKey, TraderState)>())];
    private readonly long[] _changes = new long[shards];
    private readonly Dictionary<TraderKey, (int Shard, int Slot)> _places = [];

    public int Traders => _places.Count;

    /// <summary>Investments of all traders not yet come home.</summary>
    public long InFlight { get; private set; }

    /// <summary>Changes ever made: the board's sequence number.</summary>
    public long Changes { get; private set; }

    /// <summary>Those of them that one shard's journal brought.</summary>
    public long ChangesOf(int shard) => _changes[shard];

    public void Join(int shard, TraderKey trader, in TraderState state)
    {
        Add(shard, trader, state);
        Count(shard, 1);
    }

    /// <summary>A shard's traders as a snapshot has them, after so many changes.</summary>
    public void Restore(int shard, IEnumerable<(TraderKey Key, TraderState State)> traders, long changes)
    {
        foreach (var (key, state) in traders) { Add(shard, key, state); }
        Count(shard, changes);
    }

    public void Evolve(int shard, int slot, in TraderEvent happened, Timestamp time)
    {
        ref var entry = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bySlot[shard])[slot];
        var before = entry.State.InFlightInvestments;
        entry.State = TraderEvolution.Evolve(entry.State, happened, time);
        InFlight += entry.State.InFlightInvestments - before;
        if (happened.Type is not TraderEventType.Refused) { Count(shard, 1); }
    }

    /// <summary>A trader by its shard and slot.</summary>
    public (TraderKey Key, TraderState State) At(int shard, int slot) => _bySlot[shard][slot];

    public TraderState? Find(TraderKey trader) =>
        _places.TryGetValue(trader, out var place) ? _bySlot[place.Shard][place.Slot].State : null;

    /// <summary>Everybody, in no particular order: a copy to rank without holding anybody up.</summary>
    public (TraderKey Key, TraderState State)[] Copy()
    {
        var all = new (TraderKey, TraderState)[_places.Count];
        var at = 0;
        foreach (var shard in _bySlot)
        {
            shard.CopyTo(all, at);
            at += shard.Count;
        }
        return all;
    }

    private void Add(int shard, TraderKey trader, in TraderState state)
    {
        _places.Add(trader, (shard, _bySlot[shard].Count));
        _bySlot[shard].Add((trader, state));
        InFlight += state.InFlightInvestments;
    }

    private void Count(int shard, long changes)
    {
        _changes[shard] += changes;
        Changes += changes;
    }
}
