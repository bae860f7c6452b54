namespace Market.Actors.Simulation;

/// <summary>What can happen in a history. Those from <see cref="LoseRequest"/> on are faults.</summary>
public enum StepKind : byte
{
    /// <summary>A trader sends a new command.</summary>
    Tell = 0,

    /// <summary>A trader sends a txnId again: the same command, or another under its name; by either door.</summary>
    Again,

    /// <summary>One trader sends many commands at once.</summary>
    Flood,
    Join,
    Gibb,

    /// <summary>The organiser moves a game on.</summary>
    Move,

    /// <summary>Requests on their way arrive, in any order.</summary>
    Knock,

    /// <summary>Mail between shards arrives, in any order.</summary>
    Carry,

    /// <summary>Some of the shards take a turn, in any order.</summary>
    Round,

    /// <summary>Everything on its way arrives, and all take turns until all is quiet.</summary>
    Settle,
    Pass,
    Snapshot,

    LoseRequest,
    RepeatRequest,
    LoseMail,
    RepeatMail,

    /// <summary>The next append fails; nobody can know whether it was kept.</summary>
    FailAppend,

    /// <summary>The next probes of the journal fail.</summary>
    FailProbe,

    /// <summary>The next snapshot cannot be kept.</summary>
    FailSave,

    /// <summary>The next reads of the journal fail on the way.</summary>
    FailRead,

    /// <summary>The next append takes its time, in which the world goes on.</summary>
    SlowDisk,

    /// <summary>A byte of a snapshot changes.</summary>
    RotSnapshot,

    /// <summary>The machine dies between two rounds.</summary>
    Crash,

    /// <summary>The machine dies before, during or after the next append.</summary>
    CrashAtAppend,

    /// <summary>The machine dies when some of what the next turns say is said, and some is not.</summary>
    CrashInRelease,

    /// <summary>The machine dies while it keeps a snapshot, which is torn.</summary>
    CrashInSave,
    ClockBack,
    ClockForward,

    // Of clusters only.

    /// <summary>A node's connection to the broker ends; the node hears of it in its own time.</summary>
    CutFromBroker,

    /// <summary>A node cannot reach the database for a while.</summary>
    CutFromDatabase,

    /// <summary>A node cannot reach either for a while.</summary>
    CutFromBoth,

    /// <summary>A node stands still for a while and goes on where it stood; the broker may have taken it for dead.</summary>
    Freeze,

    /// <summary>The broker ends all connections, and keeps what it had confirmed.</summary>
    RestartBroker,

    /// <summary>A node gives a shard up, for no reason.</summary>
    HandOver,
}

/// <summary>One step of a schedule: data, so that a history can be played again with some of its steps left out.</summary>
/// <param name="Lot">All that the step draws is drawn from this, so that what is left out changes nothing of it.</param>
public readonly record struct Step(StepKind Kind, ulong Lot)
{
    /// <summary>Kinds of steps of a node of its own; those of clusters follow.</summary>
    public const int Kinds = (int)StepKind.ClockForward + 1;

    public const int KindsOfClusters = (int)StepKind.HandOver + 1;

    public bool IsFault => Kind >= StepKind.LoseRequest;
}
