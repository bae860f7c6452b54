using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Journal;

/// <summary>
/// Something that is made of what was journaled, and of nothing else: the views. It is shown every turn, once durable, each stream's in
/// order; a turn it has already seen it passes over.
/// </summary>
public interface IJournalFollower
{
    /// <param name="turn">Its bytes are valid during the call only.</param>
    void Committed(in JournaledTurn turn);

    /// <summary>Writes what cannot be had from the shard's own snapshot: the history that this stream brought.</summary>
    void Save(StreamId stream, BytesWriter to);

    /// <summary>Starts a stream from a snapshot, after all events before <paramref name="nextSequence"/>.</summary>
    /// <param name="before">Checksum of the last turn.</param>
    /// <param name="traders">The stream's traders, by slot.</param>
    /// <param name="history">What <see cref="Save"/> wrote.</param>
    void Restore(StreamId stream, long nextSequence, uint before, IEnumerable<(TraderKey Key, TraderState State)> traders, ref BytesReader history);
}
