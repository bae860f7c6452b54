using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Audit;

/// <summary>Every investment of a market from invested to planted to returned, whichever shards that was on.</summary>
internal sealed class InvestmentBook(Findings findings)
{
    private readonly Dictionary<(TraderKey Trader, string TxnId), Entry> _entries = [];

    private struct Entry
    {
        public int Invested;
        public int Planted;
        public int Returned;
        public long Amount;
        public long Harvest;
        public StreamId Stream;
    }

    public void Invested(StreamId stream, TraderKey trader, string txnId, long amount)
    {
        ref var entry = ref At(trader, txnId);
        entry.Invested++;
        entry.Amount += amount;
        entry.Stream = stream;
    }

    public void Planted(Planted planted)
    {
        ref var entry = ref At(planted.Trader, planted.TxnId);
        entry.Planted++;
        entry.Amount -= planted.Amount.Micro;
        entry.Harvest += planted.Harvest.Micro;
    }

    public void Returned(TraderKey trader, string txnId, long amount)
    {
        ref var entry = ref At(trader, txnId);
        entry.Returned++;
        entry.Harvest -= amount;
    }

    /// <summary>
    /// Each was planted once or is owed to the plantation, and came home once, grows, or is owed to its trader.
    /// </summary>
    public void Close(IReadOnlyList<ShardState> shards)
    {
        var toPlant = Owed(shards).OfType<Plant>().GroupBy(m => (m.Trader, m.TxnId)).ToDictionary(g => g.Key, g => g.Count());
        var toReturn = Owed(shards).OfType<ComeHome>().GroupBy(m => (m.Trader, m.TxnId)).ToDictionary(g => g.Key, g => g.Count());
        var growing = shards.SelectMany(s => s.Plantation.InOrder()).GroupBy(g => (g.Trader, g.TxnId)).ToDictionary(g => g.Key, g => g.Count());
        foreach (var (key, entry) in _entries)
        {
            var name = $"investment {key.TxnId} of {key.Trader}";
            var (owed, owing, grows) = (toPlant.GetValueOrDefault(key), toReturn.GetValueOrDefault(key), growing.GetValueOrDefault(key));
            findings.Require(entry.Planted + owed >= entry.Invested && entry.Planted <= entry.Invested, 5, entry.Stream, 0, $"{name}: invested {entry.Invested} times, planted {entry.Planted} times, {owed} owed.");
            findings.Require(entry.Returned + grows + owing >= entry.Planted && entry.Returned <= entry.Planted, 5, entry.Stream, 0, $"{name}: planted {entry.Planted} times, returned {entry.Returned} times, {grows} growing, {owing} owed.");
            findings.Require(owed > 0 || entry.Amount == 0, 5, entry.Stream, 0, $"{name}: {entry.Amount} micro-coins more were invested than planted.");
            findings.Require(grows + owing > 0 || entry.Harvest == 0, 5, entry.Stream, 0, $"{name}: {entry.Harvest} micro-coins more were grown than returned.");
        }
    }

    private static IEnumerable<ActorMessage> Owed(IReadOnlyList<ShardState> shards) => shards.SelectMany(s => s.Links).SelectMany(l => l.Owed);

    private ref Entry At(TraderKey trader, string txnId) =>
        ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_entries, (trader, txnId), out _)!;
}
