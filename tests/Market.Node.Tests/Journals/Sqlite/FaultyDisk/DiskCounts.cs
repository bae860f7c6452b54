namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>What happened to disks, so that a test can show that it saw what it is about.</summary>
internal sealed class DiskCounts
{
    /// <summary>Writes, syncs, cuts, makings and deletions of files: the places where the power can fail.</summary>
    public int Calls { get; set; }

    /// <summary>By the call it failed in.</summary>
    public Dictionary<DiskCall, int> PowerFailures { get; } = [];

    /// <summary>By the call that failed.</summary>
    public Dictionary<DiskCall, int> FailedCalls { get; } = [];

    /// <summary>Changes that were not synced and did not survive a power failure.</summary>
    public int Lost { get; set; }

    /// <summary>Writes of which some sectors survived and some did not.</summary>
    public int Torn { get; set; }

    /// <summary>Files whose new length survived, but not what was written there.</summary>
    public int Stale { get; set; }

    /// <summary>New files that were gone, and deleted ones that were back.</summary>
    public int Names { get; set; }

    public override string ToString() =>
        $"{Calls} calls; power failed in {Told(PowerFailures)}; failed: {Told(FailedCalls)}; {Lost} unsynced changes lost, {Torn} writes torn, {Stale} files longer than their content, {Names} names lost or back";

    private static string Told(Dictionary<DiskCall, int> counts) => string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"));
}

/// <summary>The calls that change a disk.</summary>
internal enum DiskCall
{
    Write,
    Sync,
    Cut,
    Make,
    Delete,
}
