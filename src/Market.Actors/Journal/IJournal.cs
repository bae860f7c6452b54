using Market.Protocol.Values;

namespace Market.Actors.Journal;

/// <summary>Names the journal of one shard of one market.</summary>
public readonly record struct StreamId(MarketId Market, int Shard)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Market}/{Shard}");
}

/// <summary>One turn of one shard as it is kept: <see cref="TurnFormat"/>'s bytes, and what an adapter may index by.</summary>
/// <param name="FirstSequence">Of its first event; the stream's first event is 1.</param>
/// <param name="Count">Events in it, at least 1.</param>
/// <param name="Bytes">Valid until the giver is asked for the next one, or returns.</param>
public readonly record struct JournaledTurn(StreamId Stream, long FirstSequence, int Count, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The sequence number that the next turn's first event must have.</summary>
    public long NextSequence => FirstSequence + Count;
}

/// <summary>The state of a shard, as bytes, after all events before <paramref name="NextSequence"/>.</summary>
public sealed record Snapshot(StreamId Stream, long NextSequence, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Where turns are kept. Everything this project promises rests on an implementer's duties:
/// <list type="bullet">
/// <item><see cref="Append"/> returns only when all the turns given are on stable storage, and keeps all of them or none.</item>
/// <item>A turn whose first sequence number is not the stream's next one is a conflict: another owner wrote. Nothing is kept.</item>
/// <item>When <see cref="Append"/> throws, it is unknown whether the turns were kept, unless it is a conflict (then they were not).</item>
/// <item>Bytes come back as they were given; whether they are sound is judged by their reader.</item>
/// <item>One thread at a time; many instances over one store are allowed only where the adapter says so.</item>
/// </list>
/// </summary>
public interface IJournal : IDisposable
{
    /// <exception cref="JournalConflictException">Another owner wrote to one of the streams.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be written now: full, read-only, gone.</exception>
    void Append(ReadOnlySpan<JournaledTurn> turns);

    /// <summary>Proves by a small durable write that an append would succeed now.</summary>
    /// <exception cref="JournalUnavailableException">It would not.</exception>
    void Probe();

    /// <summary>
    /// All turns, each stream's in order, from the turns that hold the sequence numbers asked for; streams not named are left out.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence);

    /// <summary>The streams that hold anything, in a stable order.</summary>
    IReadOnlyList<StreamId> Streams();

    /// <summary>The newest snapshot of a stream; null when there is none.</summary>
    Snapshot? LatestSnapshot(StreamId stream);

    /// <summary>Keeps snapshots beside the turns, which they never replace; older ones of the same streams may go.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be written now. Nothing is lost but time at the next start.</exception>
    void Save(IReadOnlyList<Snapshot> snapshots);
}
