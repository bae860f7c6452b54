using Market.Actors.Journal;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>
/// A journal that appends on a faulty disk through one power failure after the other, and is asked after each whether it kept its word: what
/// was acknowledged is there, what was never given is not, and what was given without an answer is there wholly or not at all.
/// </summary>
/// <param name="renewsLog">False leaves out what saves the journal from a disk that forgets.</param>
internal sealed class JournalLife(string folder, int seed, DiskCounts counts, SqliteMedium medium, bool renewsLog = true) : IDisposable
{
    private const int Appends = 24;

    private static readonly List<JournaledTurn[]> Turns = Soundness.Appends(Appends);
    private static readonly StreamId First = new(MarketId.Of("banana"), 0);

    private readonly Random _chance = new(seed);
    private SqliteMedium _medium = medium;
    private SqliteJournal? _journal;

    /// <summary>Whole appends that are there for certain, and one more whose outcome is not known.</summary>
    private int _acknowledged;
    private bool _isUnknown;

    /// <summary>Likewise of the first stream's snapshots: the newest that was acknowledged, and one that may have been kept.</summary>
    private Snapshot? _saved;
    private Snapshot? _maybeSaved;

    /// <summary>How often a journal was opened and found to be what it must be.</summary>
    public int Judged { get; private set; }

    /// <summary>How often a call failed, and the journal went on with the next.</summary>
    public int WentOn { get; private set; }

    /// <param name="powerFailures">How many, each at a place of the seed's choice.</param>
    /// <param name="failedCalls">The most calls that fail one after the other, before each power failure; 0 for none.</param>
    /// <param name="forgets">What a failed sync did not write, no later one writes.</param>
    public void Live(int powerFailures, int failedCalls, bool forgets)
    {
        var disk = new Disk(_chance, counts) { ForgetsFailedSyncs = forgets };
        _medium = _medium with { RenewLog = renewsLog ? disk.Renew : _ => { } };
        DiskVfs.Mount(folder, disk);
        for (var failure = 0; failure < powerFailures; failure++)
        {
            disk.FailPowerAfter(_chance.Next(failure == 0 ? 160 : 60));
            if (failedCalls > 0) { disk.SaysFull = _chance.Next(2) == 0; }
            while (!disk.IsOff) { Work(disk, failedCalls); }
            Close();
            disk.PowerOn();
            if (failedCalls == 0) { RequireNoAlarm(disk); }
            Open();
            Close();
        }
    }

    /// <summary>A log that a power failure tore is none that was damaged, or no journal could be opened after one. Where calls failed before, an alarm without a loss is known.</summary>
    private void RequireNoAlarm(Disk disk)
    {
        var log = Path.Combine(folder, "journal.db-wal");
        WriteAheadLog.Examine(Content(log), log, () => Content(Path.Combine(folder, "journal.db"))).Damage.ShouldBeNull($"seed {seed}");

        byte[] Content(string name) => disk.Find(name) is { } file ? file.Content.ToArray() : [];
    }

    public void Dispose()
    {
        Close();
        DiskVfs.Unmount(folder);
    }

    /// <summary>Does something until the disk stops it.</summary>
    private void Work(Disk disk, int failedCalls)
    {
        if (failedCalls > 0 && _chance.Next(3) == 0) { disk.FailCallsAfter(_chance.Next(12), 1 + _chance.Next(failedCalls)); }
        try
        {
            if (_journal is null) { Open(); }
            else if (_isUnknown || _maybeSaved is not null) { Judge(); }
            else { Write(); }
        }
        catch (JournalUnavailableException) when (disk.IsOff || disk.HasFailed)
        {
            WentOn += disk.IsOff ? 0 : 1;
        }
    }

    private void Write()
    {
        switch (_chance.Next(12))
        {
            case 0: Close(); break;
            case 1: _journal!.Probe(); break;
            case 2: Save(); break;
            default: Append(); break;
        }
    }

    private void Append()
    {
        if (_acknowledged == Turns.Count)
        {
            _journal!.Probe();
            return;
        }
        _isUnknown = true;
        _journal!.Append(Turns[_acknowledged]);
        _acknowledged++;
        _isUnknown = false;
    }

    private void Save()
    {
        var next = Turns.Take(_acknowledged).SelectMany(turns => turns).LastOrDefault(turn => turn.Stream == First).NextSequence;
        if (next == 0) { return; }
        var bytes = new byte[1 + _chance.Next(30_000)];
        _chance.NextBytes(bytes);
        _maybeSaved = new Snapshot(First, next, bytes);
        _journal!.Save([_maybeSaved]);
        (_saved, _maybeSaved) = (_maybeSaved, null);
    }

    private void Open()
    {
        _journal = SqliteJournal.Open(folder, _medium);
        Judge();
    }

    private void Judge()
    {
        var kept = Soundness.ShouldBeWholeAppends(Soundness.ReadSound(_journal!), Turns, $"seed {seed}");
        kept.ShouldBeInRange(_acknowledged, _acknowledged + (_isUnknown ? 1 : 0), $"seed {seed}: appends kept, and the fewest and most that may be");
        (_acknowledged, _isUnknown) = (kept, false);
        var snapshot = _journal!.LatestSnapshot(First);
        (IsSame(snapshot, _saved) || (_maybeSaved is not null && IsSame(snapshot, _maybeSaved))).ShouldBeTrue($"seed {seed}: the snapshot is another than was saved");
        (_saved, _maybeSaved) = (snapshot, null);
        Judged++;
    }

    private void Close()
    {
        _journal?.Dispose();
        _journal = null;
    }

    private static bool IsSame(Snapshot? one, Snapshot? other) =>
        one?.NextSequence == other?.NextSequence && (one is null || one.Bytes.Span.SequenceEqual(other!.Bytes.Span));
}
