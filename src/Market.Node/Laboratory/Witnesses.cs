using Market.Actors.Journal;
using Market.Actors.Laboratory;
using Market.Protocol.Values;

namespace Market.Node.Laboratory;

/// <summary>All who are shown a run's turns, as one; and the host that lets them write down what they were shown after each step.</summary>
/// <param name="host">Steps the pits.</param>
public sealed class Witnesses(IPitHost host) : IPitHost, IDisposable
{
    private readonly List<Func<StreamId, IPitWitness>> _witnesses = [];
    private readonly List<Action> _flush = [];
    private readonly List<IDisposable> _owned = [];

    public void Add(TradeTable trades) => Add(trades.Of, trades.Flush, trades);

    public void Add(KeptJournal journal) => Add(journal.Of, journal.Flush, journal);

    /// <summary>Who watches one pit; null for nobody.</summary>
    public IPitWitness? Of(StreamId stream) => _witnesses.Count switch
    {
        0 => null,
        1 => _witnesses[0](stream),
        _ => new All([.. _witnesses.Select(witness => witness(stream))]),
    };

    public void Step(IReadOnlyList<Pit> pits, Timestamp now)
    {
        host.Step(pits, now);
        foreach (var flush in _flush) { flush(); }
    }

    public void Dispose()
    {
        foreach (var owned in _owned) { owned.Dispose(); }
    }

    private void Add(Func<StreamId, IPitWitness> witness, Action flush, IDisposable owned)
    {
        _witnesses.Add(witness);
        _flush.Add(flush);
        _owned.Add(owned);
    }

    private sealed class All(IPitWitness[] witnesses) : IPitWitness
    {
        public void Took(in JournaledTurn turn)
        {
            foreach (var witness in witnesses) { witness.Took(turn); }
        }
    }
}
