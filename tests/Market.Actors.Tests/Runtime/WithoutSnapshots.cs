using Market.Actors.Journal;

namespace Market.Actors.Tests.Runtime;

/// <summary>A journal that never has a snapshot, so that all is replayed from the start.</summary>
public sealed class WithoutSnapshots(IJournal inner) : IJournal
{
    public void Append(ReadOnlySpan<JournaledTurn> turns) => inner.Append(turns);

    public void Probe() => inner.Probe();

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => inner.Read(fromSequence);

    public IReadOnlyList<StreamId> Streams() => inner.Streams();

    public Snapshot? LatestSnapshot(StreamId stream) => null;

    public void Save(IReadOnlyList<Snapshot> snapshots) => inner.Save(snapshots);

    public void Dispose() => inner.Dispose();
}
