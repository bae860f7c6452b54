using Market.Actors.Journal;

namespace Market.Node.Telemetry;

/// <summary>A journal whose appends are timed and whose conflicts are counted: two looks at the clock for each round of the engine, and nothing for an order.</summary>
/// <param name="journal">The one measured; ended with this.</param>
public sealed class MeasuredJournal(IJournal journal, TimeProvider time) : IJournal
{
    // Written by the engine's thread, read by any.
    private long _appendTicks;
    private long _conflicts;

    /// <summary>All appends together, those that failed too.</summary>
    public TimeSpan AppendTime => TimeSpan.FromTicks(Volatile.Read(ref _appendTicks));

    /// <summary>Appends that another owner's were in the way of.</summary>
    public long Conflicts => Volatile.Read(ref _conflicts);

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        var begun = time.GetTimestamp();
        try
        {
            journal.Append(turns);
        }
        catch (JournalConflictException)
        {
            Volatile.Write(ref _conflicts, _conflicts + 1);
            throw;
        }
        finally
        {
            Volatile.Write(ref _appendTicks, _appendTicks + time.GetElapsedTime(begun).Ticks);
        }
    }

    public void Probe() => journal.Probe();

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => journal.Read(fromSequence);

    public IReadOnlyList<StreamId> Streams() => journal.Streams();

    public Snapshot? LatestSnapshot(StreamId stream) => journal.LatestSnapshot(stream);

    public void Save(IReadOnlyList<Snapshot> snapshots) => journal.Save(snapshots);

    public void Dispose() => journal.Dispose();
}
