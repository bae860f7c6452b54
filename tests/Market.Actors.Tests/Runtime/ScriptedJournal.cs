using Market.Actors.Journal;

namespace Market.Actors.Tests.Runtime;

/// <summary>A journal that fails when it is told to, and can say in which order things happened.</summary>
public sealed class ScriptedJournal(IJournal inner) : IJournal
{
    /// <summary>Throws this instead of appending.</summary>
    public Exception? FailBefore { get; set; }

    /// <summary>Appends, and then throws this: whoever asked cannot know.</summary>
    public Exception? FailAfter { get; set; }

    public Exception? FailProbe { get; set; }

    public Exception? FailSave { get; set; }

    public Action Appended { get; set; } = () => { };

    public int Probes { get; private set; }

    public static JournalUnavailableException Full => new("The disk is full.");

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        if (FailBefore is { } before) { throw before; }
        inner.Append(turns);
        if (FailAfter is { } after) { throw after; }
        Appended();
    }

    public void Probe()
    {
        Probes++;
        if (FailProbe is { } failed) { throw failed; }
        inner.Probe();
    }

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => inner.Read(fromSequence);

    public IReadOnlyList<StreamId> Streams() => inner.Streams();

    public Snapshot? LatestSnapshot(StreamId stream) => inner.LatestSnapshot(stream);

    public void Save(IReadOnlyList<Snapshot> snapshots)
    {
        if (FailSave is { } failed) { throw failed; }
        inner.Save(snapshots);
    }

    public void Dispose() => inner.Dispose();
}
