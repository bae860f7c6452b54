namespace Market.Actors.Simulation;

/// <summary>What an append that fails leaves behind.</summary>
internal enum AppendFailure : byte
{
    NotKept = 0,
    Kept = 1,

    /// <summary>Written, but the sync failed: it is kept when a later sync succeeds, and a crash before that may lose it.</summary>
    InCache = 2,
}

/// <summary>When, about an append, the machine dies.</summary>
internal enum AppendMoment : byte
{
    Before = 0,
    During = 1,
    After = 2,
}

/// <summary>Faults that lie in wait: each strikes at the next occasion, once.</summary>
internal sealed class Faults
{
    public AppendFailure? FailAppend { get; set; }

    public AppendMoment? CrashAtAppend { get; set; }

    /// <summary>How many answers, news and letters are still said before the machine dies; null when it does not.</summary>
    public int? CrashAfterWords { get; set; }

    /// <summary>Draws what happens during the next append; null when it takes no time.</summary>
    public Lots? SlowDisk { get; set; }

    public Lots? CrashInSave { get; set; }

    public bool FailSave { get; set; }

    public int FailProbes { get; set; }

    /// <summary>How many turns the next reads give before they fail; null when they do not.</summary>
    public int? FailReadAfter { get; set; }

    /// <summary>The journal cannot be reached.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Nothing lies in wait any more.</summary>
    public void Disarm()
    {
        (FailAppend, CrashAtAppend, CrashAfterWords, SlowDisk, CrashInSave) = (null, null, null, null, null);
        (FailSave, FailProbes, FailReadAfter, IsCutOff) = (false, 0, null, false);
    }
}
