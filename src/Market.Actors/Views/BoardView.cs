using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Views;

/// <summary>Every trader of a market as the journal has it, for the scoreboard. Not safe for many threads; its market's view guards it.</summary>
internal sealed class BoardView
{
    /// <summary>Of a place, the bits that hold the slot; those above hold the shard.</summary>
    private const int SlotBits = 26;
    private const long SlotMask = (1 << SlotBits) - 1;

    private readonly SlotTable<(TraderKey Key, TraderState State)>[] _bySlot;
    private readonly long[] _changes;
    private readonly TraderIndex _index;

    public BoardView(int shards)
    {
        _bySlot = [.. Enumerable.Range(0, shards).Select(_ => new SlotTable<(TraderKey, TraderState)>())];
        _changes = new long[shards];
        _index = new TraderIndex(place => At(place).Key);
    }

    public int Traders => _index.Count;

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

    /// <summary>A shard's traders as a snapshot has them, after so many changes: those that were shown before, and those that joined since.</summary>
    public void Restore(int shard, IEnumerable<(TraderKey Key, TraderState State)> traders, long changes)
    {
        var slot = 0;
        foreach (var (key, state) in traders)
        {
            if (slot == _bySlot[shard].Count) { Add(shard, key, state); }
            else { Replace(ref _bySlot[shard][slot], key, state); }
            slot++;
        }
        Count(shard, changes - _changes[shard]);
    }

    public void Evolve(int shard, int slot, in TraderEvent happened, Timestamp time)
    {
        ref var entry = ref _bySlot[shard][slot];
        var before = entry.State.InFlightInvestments;
        entry.State = TraderEvolution.Evolve(entry.State, happened, time);
        InFlight += entry.State.InFlightInvestments - before;
        if (happened.Type is not TraderEventType.Refused) { Count(shard, 1); }
    }

    /// <summary>A trader by its shard and slot.</summary>
    public (TraderKey Key, TraderState State) At(int shard, int slot) => _bySlot[shard][slot];

    /// <summary>Traders of one shard.</summary>
    public int CountOf(int shard) => _bySlot[shard].Count;

    public TraderState? Find(TraderKey trader) =>
        _index.TryFind(trader, out var place) ? At(place).State : null;

    /// <summary>Everybody, in no particular order: a copy to rank without holding anybody up.</summary>
    public (TraderKey Key, TraderState State)[] Copy()
    {
        var all = new (TraderKey, TraderState)[Traders];
        var at = 0;
        foreach (var shard in _bySlot)
        {
            shard.CopyTo(all.AsSpan(at));
            at += shard.Count;
        }
        return all;
    }

    private void Replace(ref (TraderKey Key, TraderState State) entry, TraderKey trader, in TraderState state)
    {
        Invariant.Require(entry.Key.Equals(trader), "A trader keeps its slot.");
        InFlight += state.InFlightInvestments - entry.State.InFlightInvestments;
        entry.State = state;
    }

    private void Add(int shard, TraderKey trader, in TraderState state)
    {
        var slots = _bySlot[shard];
        Invariant.Require(slots.Count <= SlotMask && !_index.TryFind(trader, out _), "A trader joins once, and a shard has room for it.");
        slots.Add((trader, state));
        _index.Add(trader, ((long)shard << SlotBits) | (uint)(slots.Count - 1));
        InFlight += state.InFlightInvestments;
    }

    private ref (TraderKey Key, TraderState State) At(long place) => ref _bySlot[place >> SlotBits][(int)(place & SlotMask)];

    private void Count(int shard, long changes)
    {
        _changes[shard] += changes;
        Changes += changes;
    }
}
