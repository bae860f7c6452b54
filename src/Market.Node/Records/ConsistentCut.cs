using Market.Actors.Journal;
using Market.Actors.Runtime;

namespace Market.Node.Records;

/// <summary>
/// Up to where the streams of a market can be kept together: each to a turn before which all is sound, and none further than the others allow. What one
/// shard received of another must have been sent in what is kept of that one, and what was acknowledged to it must have been received there; else
/// an investment would be planted that nobody made, or never be sent again.
/// </summary>
/// <remarks>
/// Each pass cuts every stream at its first turn that rests on something left out. What rests on that is cut by the next; a chain of reasons passes
/// each stream once, so there are at most as many passes as shards, and one more that finds nothing.
/// </remarks>
internal sealed class ConsistentCut(IJournal journal, MarketRules rules)
{
    private readonly Placement _placement = new(rules.Market, rules.Shards);

    /// <returns>By shard, the number of the first event that is left out.</returns>
    public long[] Find()
    {
        var ends = Enumerable.Range(0, rules.Shards).Select(_ => new StreamEnd(rules.Shards)).ToArray();
        Pass(ends);
        while (!Agree(ends))
        {
            foreach (var end in ends) { end.Limit(ends); }
            Pass(ends);
        }
        return [.. ends.Select(end => end.Next)];
    }

    private static bool Agree(StreamEnd[] ends) => ends.Select((end, shard) => end.RestsOn(ends, shard)).All(rests => rests);

    /// <summary>Reads each stream up to the first turn that is not sound or goes beyond its limits.</summary>
    private void Pass(StreamEnd[] ends)
    {
        var states = Enumerable.Range(0, rules.Shards).Select(shard => new ShardState(shard, _placement, rules.Traders.RememberedAnswers)).ToArray();
        var replays = states.Select(state => new StreamReplay(new StreamId(rules.Market, state.Shard), state)).ToArray();
        for (var shard = 0; shard < ends.Length; shard++) { ends[shard].Begin(shard); }
        try
        {
            foreach (var turn in journal.Read(Enumerable.Range(0, rules.Shards).ToDictionary(shard => new StreamId(rules.Market, shard), _ => 1L)))
            {
                var end = ends[turn.Stream.Shard];
                if (end.IsCut) { continue; }
                if (!TryReplay(replays[turn.Stream.Shard], turn)) { end.Cut(); }
                else { end.Advance(turn.NextSequence, states[turn.Stream.Shard].Links); }
            }
        }
        catch (JournalCorruptException)
        {
            // the file cannot be read on: every stream ends where it is
        }
    }

    private static bool TryReplay(StreamReplay replay, in JournaledTurn turn)
    {
        try
        {
            replay.Turn(turn);
            return true;
        }
        catch (JournalCorruptException)
        {
            return false;
        }
    }

    /// <summary>Where one stream ends so far, and what it had sent, received and been acknowledged by then, by peer.</summary>
    private sealed class StreamEnd(int shards)
    {
        private readonly long[] _sent = new long[shards];
        private readonly long[] _received = new long[shards];
        private readonly long[] _acknowledged = new long[shards];
        private readonly long[] _mostReceived = [.. Enumerable.Repeat(long.MaxValue, shards)];
        private readonly long[] _mostAcknowledged = [.. Enumerable.Repeat(long.MaxValue, shards)];
        private int _shard;

        public long Next { get; private set; } = 1;

        public bool IsCut { get; private set; }

        public void Begin(int shard)
        {
            (_shard, Next, IsCut) = (shard, 1, false);
            foreach (var counts in (long[][])[_sent, _received, _acknowledged]) { Array.Clear(counts); }
        }

        public void Cut() => IsCut = true;

        /// <summary>Keeps a turn, unless it goes beyond what the others allow.</summary>
        public void Advance(long next, IReadOnlyList<Link> links)
        {
            for (var peer = 0; peer < links.Count; peer++)
            {
                IsCut |= links[peer].Received > _mostReceived[peer] || links[peer].FirstOwed - 1 > _mostAcknowledged[peer];
            }
            if (IsCut) { return; }
            for (var peer = 0; peer < links.Count; peer++)
            {
                (_sent[peer], _received[peer], _acknowledged[peer]) = (links[peer].NextNumber - 1, links[peer].Received, links[peer].FirstOwed - 1);
            }
            Next = next;
        }

        public bool RestsOn(StreamEnd[] ends, int shard) => Enumerable.Range(0, ends.Length)
            .All(peer => _received[peer] <= ends[peer]._sent[shard] && _acknowledged[peer] <= ends[peer]._received[shard]);

        public void Limit(StreamEnd[] ends)
        {
            for (var peer = 0; peer < ends.Length; peer++)
            {
                (_mostReceived[peer], _mostAcknowledged[peer]) = (ends[peer]._sent[_shard], ends[peer]._received[_shard]);
            }
        }
    }
}
