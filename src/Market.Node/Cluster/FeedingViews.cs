using Market.Actors.Journal;
using Market.Actors.Views;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Cluster;

/// <summary>This node's views, and behind them those of all others: what is journaled here is shown here, and sent there.</summary>
/// <param name="owner">Hears what this node's shards bring; null for nobody.</param>
public sealed class FeedingViews(NodeViews views, TurnFeed feed, IOwnerListener? owner) : IJournalFollower
{
    public void Committed(in JournaledTurn turn)
    {
        var view = views.Markets[turn.Stream.Market];
        if (view.NextSequenceOf(turn.Stream.Shard) >= turn.NextSequence) { return; } // a recovery reads what all have seen
        view.Committed(turn, owner);
        feed.Add(turn);
    }

    public void Save(StreamId stream, BytesWriter to) => views.Save(stream, to);

    public void Restore(
        StreamId stream, long nextSequence, uint before, IEnumerable<(TraderKey Key, TraderState State)> traders, ref BytesReader history) =>
        views.Restore(stream, nextSequence, before, traders, ref history);
}
