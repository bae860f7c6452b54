using Market.Actors.Journal;
using Market.Node.Journals.Sqlite;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>
/// A disk in memory whose power fails, or whose calls fail, where it is told. Names of files are kept apart from their content, as
/// directories are: a new file may be gone after a power failure and a deleted one back, until the directory is synced.
/// </summary>
/// <param name="chance">Decides what survives.</param>
internal sealed class Disk(Random chance, DiskCounts counts)
{
    private const int RenewedBytes = 40_000;

    private Dictionary<string, DiskFile> _now = [];
    private Dictionary<string, DiskFile> _kept = [];
    private int _calls;
    private int _powerFailsAt = int.MaxValue;
    private int _failsFrom = int.MaxValue;
    private int _failsUntil;

    /// <summary>From a power failure until the power is back: every call fails.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Whether a call was refused since the last order.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>A call says that the disk is full instead of a plain error.</summary>
    public bool SaysFull { get; set; }

    /// <summary>What a failed sync did not write stays readable, and no later sync writes it. Otherwise the next one tries again.</summary>
    public bool ForgetsFailedSyncs { get; set; }

    /// <param name="calls">How many calls from now: 0 is the next.</param>
    public void FailPowerAfter(int calls) => _powerFailsAt = _calls + calls;

    /// <summary>Some calls fail, and those after them do not.</summary>
    public void FailCallsAfter(int calls, int count) => (_failsFrom, _failsUntil, HasFailed) = (_calls + calls, _calls + calls + count, false);

    /// <summary>What was not on the disk for certain survives or does not; then all calls go well again, until the next order.</summary>
    public void PowerOn()
    {
        foreach (var name in _now.Keys.Union(_kept.Keys).ToArray()) { Settle(name); }
        foreach (var file in _kept.Values) { file.Lose(); }
        _now = new(_kept);
        (IsOff, _powerFailsAt, _failsFrom) = (false, int.MaxValue, int.MaxValue);
    }

    public DiskFile? Find(string name) => _now.GetValueOrDefault(name);

    public DiskOutcome Make(string name, out DiskFile? file)
    {
        file = null;
        var outcome = Next(DiskCall.Make);
        if (outcome is DiskOutcome.Fails or DiskOutcome.Off) { return outcome; }
        file = new DiskFile(chance, counts);
        _now[name] = file;
        return outcome;
    }

    public DiskOutcome Delete(string name, bool syncDirectory)
    {
        var outcome = Next(DiskCall.Delete);
        if (outcome is DiskOutcome.Fails or DiskOutcome.Off) { return outcome; }
        _now.Remove(name);
        if (outcome is DiskOutcome.Done && syncDirectory) { SyncDirectory(); }
        return outcome;
    }

    public DiskOutcome Write(DiskFile file, int offset, ReadOnlySpan<byte> bytes)
    {
        var outcome = Next(DiskCall.Write);
        if (outcome is DiskOutcome.Off) { return outcome; }
        var length = outcome is DiskOutcome.Fails ? chance.Next(bytes.Length + 1) : bytes.Length; // a call that fails has done a part
        file.Write(offset, bytes[..length]);
        return outcome;
    }

    public DiskOutcome Cut(DiskFile file, int length)
    {
        var outcome = Next(DiskCall.Cut);
        if (outcome is DiskOutcome.Done or DiskOutcome.PowerFails) { file.Cut(length); }
        return outcome;
    }

    public DiskOutcome Sync(DiskFile file, bool withDirectory)
    {
        var outcome = Next(DiskCall.Sync);
        if (outcome is DiskOutcome.Off) { return outcome; }
        if (outcome is DiskOutcome.Fails && ForgetsFailedSyncs) { file.SyncInVain(); }
        if (outcome is DiskOutcome.Done || (outcome is DiskOutcome.PowerFails && chance.Next(2) == 0)) { file.Sync(); }
        // ext4 and XFS keep names in order: a new file that is synced takes with it all that was made and deleted before.
        var isNew = !_kept.ContainsValue(file);
        if (outcome is DiskOutcome.Done && (withDirectory || isNew)) { SyncDirectory(); }
        return outcome;
    }

    /// <summary>Writes a file over itself and syncs it, as <see cref="LogRenewal"/> does.</summary>
    public void Renew(string name)
    {
        if (Find(name) is not { Length: > 0 } file) { return; }
        for (var at = 0; at < file.Length; at += RenewedBytes)
        {
            var part = file.Content.Slice(at, Math.Min(RenewedBytes, file.Length - at)).ToArray();
            Require(Write(file, at, part));
        }
        Require(Sync(file, withDirectory: false));
    }

    private static void Require(DiskOutcome outcome)
    {
        if (outcome is not DiskOutcome.Done) { throw new JournalUnavailableException($"The log cannot be renewed: {outcome}."); }
    }

    private void SyncDirectory() => _kept = new(_now);

    private void Settle(string name)
    {
        var (now, kept) = (_now.GetValueOrDefault(name), _kept.GetValueOrDefault(name));
        if (ReferenceEquals(now, kept)) { return; }
        var reached = chance.Next(2) == 0;
        if (!reached) { counts.Names++; }
        else if (now is null) { _kept.Remove(name); }
        else { _kept[name] = now; }
    }

    private DiskOutcome Next(DiskCall call)
    {
        if (IsOff) { return DiskOutcome.Off; }
        var at = _calls++;
        counts.Calls++;
        if (at >= _powerFailsAt)
        {
            IsOff = true;
            Count(counts.PowerFailures, call);
            return DiskOutcome.PowerFails;
        }
        if (at < _failsFrom || at >= _failsUntil) { return DiskOutcome.Done; }
        HasFailed = true;
        Count(counts.FailedCalls, call);
        return DiskOutcome.Fails;
    }

    private static void Count(Dictionary<DiskCall, int> counts, DiskCall call) => counts[call] = counts.GetValueOrDefault(call) + 1;
}

/// <summary>How a call ended; only the first is told as success.</summary>
internal enum DiskOutcome
{
    Done,
    Fails,
    PowerFails,
    Off,
}
