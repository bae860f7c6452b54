using Market.Actors.Journal;

namespace Market.Actors.Simulation;

/// <summary>A machine's journal on the disk: where the faults that lie in wait strike.</summary>
/// <param name="machine">Whose; null for a reader that no fault befalls.</param>
internal sealed class DiskDriver(Disk disk, Faults faults, Coverage coverage, Machine? machine = null) : IJournal
{
    /// <summary>Append tells that it is durable without having asked the disk.</summary>
    public bool SkipsSync { get; init; }

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        RequireReach();
        var moment = faults.CrashAtAppend;
        faults.CrashAtAppend = null;
        if (moment is AppendMoment.Before) { Die(Sight.CrashedBeforeAppend); }
        if (faults.FailAppend is { } failure) { Fail(turns, failure); }
        if (faults.SlowDisk is { } lots)
        {
            faults.SlowDisk = null;
            machine!.World.GoOnDuringAppend(machine, lots);
            RequireReach();
        }
        disk.Write(turns);
        if (moment is AppendMoment.During) { Die(Sight.CrashedDuringAppend); }
        if (!SkipsSync) { disk.Sync(); }
        if (moment is AppendMoment.After) { Die(Sight.CrashedAfterAppend); }
    }

    public void Probe()
    {
        RequireReach();
        if (faults.FailProbes > 0)
        {
            faults.FailProbes--;
            coverage.See(Sight.ProbeFailed);
            throw new JournalUnavailableException("The disk is still full.");
        }
        disk.Sync();
    }

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence)
    {
        RequireReach();
        foreach (var turn in disk.Read())
        {
            if (!fromSequence.TryGetValue(turn.Stream, out var from) || turn.NextSequence <= from) { continue; }
            if (faults.FailReadAfter is { } left)
            {
                faults.FailReadAfter = left == 0 ? null : left - 1;
                if (left == 0) { throw new JournalUnavailableException("The disk cannot be read."); }
            }
            yield return turn;
        }
    }

    public IReadOnlyList<StreamId> Streams() => [.. disk.Streams];

    public Snapshot? LatestSnapshot(StreamId stream)
    {
        RequireReach();
        return disk.Snapshots.GetValueOrDefault(stream);
    }

    public void Save(IReadOnlyList<Snapshot> snapshots)
    {
        RequireReach();
        if (faults.FailSave)
        {
            faults.FailSave = false;
            coverage.See(Sight.SnapshotFailed);
            throw new JournalUnavailableException("The disk is full.");
        }
        foreach (var snapshot in snapshots)
        {
            if (faults.CrashInSave is { } lots)
            {
                faults.CrashInSave = null;
                disk.SaveTorn(snapshot, lots);
                Die(Sight.CrashedInSnapshot);
            }
            disk.Save(snapshot);
            machine?.World.States.RequireSound(snapshot);
        }
    }

    public void Dispose()
    {
    }

    private void Fail(ReadOnlySpan<JournaledTurn> turns, AppendFailure failure)
    {
        faults.FailAppend = null;
        if (failure is not AppendFailure.NotKept) { disk.Write(turns); }
        if (failure is AppendFailure.Kept) { disk.Sync(); }
        coverage.See(failure switch
        {
            AppendFailure.Kept => Sight.AppendFailedKept,
            AppendFailure.InCache => Sight.AppendFailedInCache,
            _ => Sight.AppendFailedNotKept,
        });
        throw new JournalUnavailableException("The disk is full.");
    }

    private void Die(Sight how)
    {
        coverage.See(how);
        machine?.Die();
        RequireLife();
    }

    private void RequireReach()
    {
        RequireLife();
        if (!faults.IsCutOff) { return; }
        coverage.See(Sight.DatabaseOutOfReach);
        throw new JournalUnavailableException("The journal cannot be reached.");
    }

    private void RequireLife()
    {
        if (machine is { IsAlive: false }) { throw new JournalUnavailableException("The machine is dead."); }
    }
}
