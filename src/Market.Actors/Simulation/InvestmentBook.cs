using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>Every investment of a market, from accepted to planted to grown to returned. A txnId that was forgotten may be used again.</summary>
internal sealed class InvestmentBook(Laws laws)
{
    private readonly Dictionary<(TraderKey Trader, string TxnId), Entry> _entries = [];
    private int _onTheWay;

    private sealed class Entry
    {
        public int Invested;
        public int Planted;
        public int Returned;
        public readonly Queue<decimal> ToPlant = [];
        public readonly Queue<decimal> ToReturn = [];
    }

    /// <summary>Accepted, and not yet returned.</summary>
    public bool IsAnyOnTheWay => _onTheWay > 0;

    public void Invested(TraderKey trader, string txnId, decimal coins)
    {
        var entry = At(trader, txnId);
        entry.Invested++;
        entry.ToPlant.Enqueue(coins);
        _onTheWay++;
    }

    public void Planted(TraderKey trader, string txnId, decimal coins)
    {
        var entry = At(trader, txnId);
        entry.Planted++;
        laws.Require(entry.Planted <= entry.Invested, Law.InvestmentsReturnOnce, $"{txnId} of {trader} was invested {entry.Invested} times and planted {entry.Planted} times.");
        laws.Require(!entry.ToPlant.TryDequeue(out var owed) || owed == coins, Law.PlantationByTheRules, $"{txnId} of {trader}: {owed} coins were invested, {coins} planted.");
    }

    public void Grown(TraderKey trader, string txnId, decimal coins) => At(trader, txnId).ToReturn.Enqueue(coins);

    public void Returned(TraderKey trader, string txnId, decimal coins)
    {
        var entry = At(trader, txnId);
        entry.Returned++;
        _onTheWay--;
        var grew = entry.ToReturn.TryDequeue(out var owed);
        laws.Require(grew && entry.Returned <= entry.Planted, Law.InvestmentsReturnOnce, $"{txnId} of {trader} was planted {entry.Planted} times and returned {entry.Returned} times.");
        laws.Require(!grew || owed == coins, Law.PlantationByTheRules, $"{txnId} of {trader}: {owed} coins grew, {coins} came home.");
    }

    /// <summary>The weather has cleared: what was accepted grows.</summary>
    public void RequirePlanted()
    {
        foreach (var ((trader, txnId), entry) in _entries)
        {
            laws.Require(entry.Planted >= entry.Invested, Law.InvestmentsReturnOnce, $"{txnId} of {trader} was invested {entry.Invested} times and planted {entry.Planted} times.");
        }
    }

    /// <summary>The game is over and the weather has cleared: everything is home.</summary>
    public void Close()
    {
        foreach (var ((trader, txnId), entry) in _entries)
        {
            laws.Require(entry.Returned >= entry.Invested, Law.InvestmentsReturnOnce, $"{txnId} of {trader} was invested {entry.Invested} times and came home {entry.Returned} times.");
        }
    }

    private Entry At(TraderKey trader, string txnId)
    {
        if (!_entries.TryGetValue((trader, txnId), out var entry)) { _entries[(trader, txnId)] = entry = new Entry(); }
        return entry;
    }
}
