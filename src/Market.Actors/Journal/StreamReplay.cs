using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Journal;

/// <summary>
/// One stream read from some point on: hands its events to a fold, checking that every turn is sound, comes next, and continues the chain.
/// </summary>
/// <param name="nextSequence">Where the fold stands: the number of the next event it has not seen.</param>
/// <param name="before">Checksum of the turn before; 0 before the first.</param>
/// <param name="time">Time of the turn before.</param>
public sealed class StreamReplay(StreamId stream, IEventFold fold, long nextSequence = 1, uint before = 0, Timestamp time = default)
{
    /// <summary>The first event's number it was to see.</summary>
    public long From { get; } = nextSequence;

    /// <summary>The next event's number.</summary>
    public long NextSequence { get; private set; } = nextSequence;

    /// <summary>Checksum of the last turn; 0 before the first.</summary>
    public uint Before { get; private set; } = before;

    /// <summary>Time of the last turn.</summary>
    public Timestamp Time { get; private set; } = time;

    /// <exception cref="JournalCorruptException">With the stream and the sequence number where it stops being sound.</exception>
    public void Turn(in JournaledTurn turn)
    {
        try
        {
            var header = TurnFormat.Open(turn.Bytes.Span);
            Check(turn, header);
            EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], header.Count, header.Time, fold);
            (NextSequence, Before, Time) = (turn.NextSequence, header.Checksum, header.Time);
        }
        catch (Exception e) when (e is CorruptBytesException or JournalCorruptException or InvariantBrokenException or OverflowException)
        {
            throw new JournalCorruptException($"Journal of {stream}, at event {NextSequence}: {e.Message}", e);
        }
    }

    private void Check(in JournaledTurn turn, in TurnHeader header)
    {
        if (header.FirstSequence != turn.FirstSequence || header.Count != turn.Count || header.Shard != turn.Stream.Shard)
        {
            throw new JournalCorruptException($"Kept as {turn.Count} events from {turn.FirstSequence}, but its header says {header.Count} from {header.FirstSequence} of shard {header.Shard}.");
        }
        if (header.FirstSequence != NextSequence)
        {
            throw new JournalCorruptException($"The next turn begins with event {header.FirstSequence}; what lies between is missing.");
        }
        if (header.Before != Before)
        {
            throw new JournalCorruptException($"It continues a turn with checksum {header.Before:x8}, but the one before has {Before:x8}.");
        }
        if (header.Time < Time) { throw new JournalCorruptException($"Its time {header.Time} is before the last turn's {Time}."); }
    }
}
