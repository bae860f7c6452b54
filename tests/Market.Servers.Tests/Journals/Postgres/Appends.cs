using Market.Actors.Journal;
using Market.Contracts;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>Appends of three streams, given one after the other by an owner that goes by what it reads, as a node does.</summary>
internal sealed class Appends
{
    private readonly TurnChain[] _chains = [.. Enumerable.Range(0, 3).Select(shard => new TurnChain(new StreamId(MarketId.Of("banana"), shard)))];
    private readonly List<JournaledTurn[]> _given = [];

    /// <summary>Of one to three turns; now and then one of many pages.</summary>
    public JournaledTurn[] Next()
    {
        var at = _given.Count;
        _given.Add([.. _chains.Take(1 + (at % 3)).Select(chain => chain.Next(1 + (at % 5), at % 7 == 3 ? 20_000 : 0))]);
        return _given[^1];
    }

    /// <summary>Fails unless the journal is sound and holds exactly the first so many appends, each whole.</summary>
    /// <returns>How many.</returns>
    public int Kept(IJournal journal)
    {
        var replays = _chains.ToDictionary(chain => chain.Stream, chain => new StreamReplay(chain.Stream, new Nothing()));
        var read = new List<KeptTurn>();
        foreach (var turn in journal.Read(replays.ToDictionary(replay => replay.Key, _ => 1L)))
        {
            replays[turn.Stream].Turn(turn);
            read.Add(KeptTurn.Of(turn));
        }
        var (whole, turns) = (0, 0);
        while (turns < read.Count) { turns += _given[whole++].Length; }
        read.ShouldHold(_given.Take(whole).SelectMany(turn => turn).Kept());
        return whole;
    }

    private sealed class Nothing : IEventFold
    {
        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
        }

        public void On(MarketEvent happened, Timestamp time)
        {
        }
    }
}
