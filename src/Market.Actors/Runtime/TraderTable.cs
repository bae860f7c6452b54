using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>One trader's place in its shard. A struct in a chunk, because there may be a million.</summary>
public struct TraderEntry
{
    public TraderEntry(TraderKey key, in TraderState state) => (Key, State) = (key, state);

    public TraderKey Key { get; }

    public TraderState State { get; set; }

    /// <summary>Null until the first answer.</summary>
    public AnswerRing? Answers { get; set; }
}

/// <summary>The traders of one shard, numbered by slot in the order they joined.</summary>
public sealed class TraderTable
{
    private readonly SlotTable<TraderEntry> _entries = new();
    private readonly TraderIndex _index;

    public TraderTable() => _index = new TraderIndex(slot => _entries[(int)slot].Key);

    public int Count => _entries.Count;

    public bool TryFind(TraderKey trader, out int slot)
    {
        var found = _index.TryFind(trader, out var place);
        slot = (int)place;
        return found;
    }

    public ref TraderEntry this[int slot] => ref _entries[slot];

    public void Add(TraderKey trader, in TraderState state)
    {
        Invariant.Require(!TryFind(trader, out _), "A trader joins once.");
        _entries.Add(new TraderEntry(trader, state));
        _index.Add(trader, Count - 1);
    }

    /// <summary>Changes a trader's state and remembers the answer that says so.</summary>
    public void Evolve(int slot, in TraderEvent happened, (ulong High, ulong Low) txnHash, Timestamp time, int remembered)
    {
        Invariant.Require((uint)slot < (uint)Count, "An event is of a trader that joined.");
        ref var entry = ref this[slot];
        var state = TraderEvolution.Evolve(entry.State, happened, time);
        Invariant.Require(state.Coins.Micro >= 0 && state.Shares >= 0 && state.InFlightInvestments >= 0, "Coins, shares and investments in flight are never negative.");
        entry.State = state;
        if (!happened.IsAnswer || remembered == 0) { return; }
        entry.Answers ??= new AnswerRing(remembered);
        entry.Answers.Remember(txnHash.High, new RememberedAnswer(txnHash.Low, happened.Command, happened.Status, happened.Amount, happened.Price, state));
    }
}
