using Market.Actors.Journal;
using Market.Contracts;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Tests.Journals.Sqlite;

/// <summary>Reads journals as a start does: every turn checked and chained.</summary>
internal static class Soundness
{
    /// <summary>All turns of all streams.</summary>
    /// <exception cref="JournalCorruptException">They are not sound.</exception>
    public static List<KeptTurn> ReadSound(IJournal journal)
    {
        var replays = journal.Streams().ToDictionary(stream => stream, stream => new StreamReplay(stream, new Nothing()));
        var read = new List<KeptTurn>();
        foreach (var turn in journal.Read(replays.ToDictionary(replay => replay.Key, _ => 1L)))
        {
            replays[turn.Stream].Turn(turn);
            read.Add(KeptTurn.Of(turn));
        }
        return read;
    }

    /// <summary>Appends of one, two or three streams, with turns of a few bytes and of some pages.</summary>
    public static List<JournaledTurn[]> Appends(int count)
    {
        var chains = Enumerable.Range(0, 3).Select(shard => new TurnChain(new StreamId(MarketId.Of("banana"), shard))).ToArray();
        return [.. Enumerable.Range(0, count).Select(at => chains.Take(1 + (at % 3)).Select(chain => chain.Next(1 + (at % 5), at % 7 == 3 ? 20_000 : 0)).ToArray())];
    }

    /// <summary>Fails unless what was read is exactly the first so many appends, whole.</summary>
    /// <returns>How many.</returns>
    public static int ShouldBeWholeAppends(List<KeptTurn> read, List<JournaledTurn[]> appends, string when)
    {
        var (whole, turns) = (0, 0);
        while (turns < read.Count) { turns += appends[whole++].Length; }
        read.SequenceEqual(appends.Take(whole).SelectMany(turn => turn).Kept()).ShouldBeTrue(when);
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
