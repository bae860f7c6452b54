using Market.Actors.Journal;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Views;

/// <summary>The views of all markets of a node: follows the journal and hands each turn to the market it is of.</summary>
public sealed class NodeViews(IReadOnlyDictionary<MarketId, MarketView> markets) : IJournalFollower
{
    public IReadOnlyDictionary<MarketId, MarketView> Markets => markets;

    public void Committed(in JournaledTurn turn) => markets[turn.Stream.Market].Committed(turn);

    public void Save(StreamId stream, BytesWriter to) => markets[stream.Market].Save(stream.Shard, to);

    public void Restore(
        StreamId stream, long nextSequence, uint before, IEnumerable<(TraderKey Key, TraderState State)> traders, ref BytesReader history) =>
        markets[stream.Market].Restore(stream, nextSequence, before, traders, ref history);
}
