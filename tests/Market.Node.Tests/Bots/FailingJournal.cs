using Market.Actors.Journal;

namespace Market.Node.Tests.Bots;

/// <summary>A journal that cannot be written from a certain append on, until it recovers.</summary>
/// <param name="keptThough">Whether what it fails to append is there all the same.</param>
public sealed class FailingJournal(bool keptThough) : IJournal
{
    private readonly MemoryJournal _kept = new();
    private int _left = int.MaxValue;
    private volatile bool _hasFailed;

    /// <summary>It has failed, and did not recover since.</summary>
    public bool HasFailed => _hasFailed;

    public void FailAfter(int turns)
    {
        _hasFailed = false;
        Volatile.Write(ref _left, turns);
    }

    public void Recover()
    {
        _hasFailed = false;
        Volatile.Write(ref _left, int.MaxValue);
    }

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        var fails = Volatile.Read(ref _left) <= 0;
        if (!fails || keptThough) { _kept.Append(turns); }
        if (fails) { Fail(); }
        Interlocked.Decrement(ref _left);
    }

    public void Probe()
    {
        if (Volatile.Read(ref _left) <= 0) { Fail(); }
    }

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => _kept.Read(fromSequence);

    public IReadOnlyList<StreamId> Streams() => _kept.Streams();

    public Snapshot? LatestSnapshot(StreamId stream) => _kept.LatestSnapshot(stream);

    public void Save(IReadOnlyList<Snapshot> snapshots) => _kept.Save(snapshots);

    public void Dispose() => _kept.Dispose();

    private void Fail()
    {
        _hasFailed = true;
        throw new JournalUnavailableException("The disk is full.");
    }
}
