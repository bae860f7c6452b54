using Market.Actors.Journal;

namespace Market.Simulation.Tests.Planted;

internal delegate void Append(ReadOnlySpan<JournaledTurn> turns);

/// <summary>A journal that appends in another way.</summary>
internal sealed class WithAppend(IJournal sound, Append append) : Wrapped(sound)
{
    public override void Append(ReadOnlySpan<JournaledTurn> turns) => append(turns);
}

/// <summary>A journal that keeps other snapshots than it is given.</summary>
internal sealed class WithSave(IJournal sound, Func<Snapshot, Snapshot> forge) : Wrapped(sound)
{
    public override void Save(IReadOnlyList<Snapshot> snapshots) => base.Save([.. snapshots.Select(forge)]);
}

/// <summary>A journal that is as the one it wraps.</summary>
internal abstract class Wrapped(IJournal sound) : IJournal
{
    public virtual void Append(ReadOnlySpan<JournaledTurn> turns) => sound.Append(turns);

    public void Probe() => sound.Probe();

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => sound.Read(fromSequence);

    public IReadOnlyList<StreamId> Streams() => sound.Streams();

    public Snapshot? LatestSnapshot(StreamId stream) => sound.LatestSnapshot(stream);

    public virtual void Save(IReadOnlyList<Snapshot> snapshots) => sound.Save(snapshots);

    public void Dispose() => sound.Dispose();
}
