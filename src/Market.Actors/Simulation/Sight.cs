namespace Market.Actors.Simulation;

/// <summary>What came up in a history: faults that had an effect, answers, states. A soak that saw too little of one proves little.</summary>
public enum Sight : byte
{
    // Crashes, by the moment, and what the disk made of them.
    CrashedBetweenRounds,
    CrashedBeforeAppend,
    CrashedDuringAppend,
    CrashedAfterAppend,
    CrashedInMidRelease,
    CrashedInSnapshot,
    CrashedWhileDown,
    UnsyncedTailLost,
    UnsyncedTailTorn,
    UnsyncedTailKept,
    MailOutlivedCrash,
    MailLostInCrash,
    RequestsLostInCrash,

    // The disk, short of a crash.
    AppendFailedNotKept,
    AppendFailedKept,
    AppendFailedInCache,
    ProbeFailed,
    SnapshotFailed,
    SnapshotRotted,
    ReadFailedInMidLife,
    ReadFailedAtStart,
    RequestsCameDuringAppend,
    MailCameDuringAppend,

    // The wire between shards.
    MailLost,
    AcknowledgementLost,
    MailRepeated,
    MailHandledCameAgain,
    MailCameTooEarly,
    MailSentAgain,

    // The wire between clients and doors.
    RequestLost,
    RequestRepeated,
    RequestOvertaken,
    RequestRefusedWhileDown,
    MailboxFull,
    AskedByTwoDoors,

    // The clock.
    ClockWentBack,
    ClockLeaptForward,
    TurnTimeHeldBack,

    // Recoveries.
    RecoveredFromNothing,
    RecoveredFromSnapshot,
    RecoveredFromSnapshotAndTail,
    RecoveredInMidLife,
    SnapshotPassedOver,

    // What was going on when the machine died.
    InvestmentInFlightInCrash,
    BurstInCrash,
    MailOwedInCrash,
    PausedInCrash,
    EndedInCrash,
    DecidedButNeverTold,

    // Answers.
    Accepted,
    Unauthorized,
    MarketClosed,
    Duplicate,
    TxnIdReused,
    OrderTooLarge,
    InsufficientCoins,
    InsufficientShares,
    ForgottenAndDoneAgain,

    // States of a game.
    Paused,
    Resumed,
    Ended,
    SecondOpeningRefused,
    BailedOutByCommand,
    BailedOutByReturn,
    BurstBegan,
    BurstStepped,
    TalkDuringBurst,
    BurstOver,
    GibbCounted,
    GibbOffTopic,
    GibbRepeated,
    GibbTooMany,
    GibbWhileClosed,
    HarvestAfterEnd,
    HotTrader,
    ManyMarkets,
    ShardLeftOut,

    // Clusters.
    MailRedelivered,
    CommandRedelivered,
    RequestRedelivered,
    PublishLost,
    ConfirmLost,
    ReplyLost,
    NoticeLost,
    DoorGone,
    JournalConflict,
    TwoOwners,
    HandedOver,
    HandedBackUnfinished,
    WaitedForLastOwner,
    WaitedForAcknowledgements,
    MailTooLate,
    ZombieWentOn,
    BrokerRestarted,
    DatabaseOutOfReach,
}

/// <summary>Counts sights and checks of one history, or of many.</summary>
public sealed class Coverage
{
    private readonly long[] _sights = new long[(int)Sight.DatabaseOutOfReach + 1];
    private readonly long[] _checks = new long[Laws.Count];
    private readonly HashSet<ulong> _interleavings = [];

    public static IReadOnlyList<Sight> AllSights { get; } = Enum.GetValues<Sight>();

    /// <summary>What only a cluster meets.</summary>
    public static IReadOnlyList<Sight> SightsOfClusters { get; } = [.. AllSights.Where(sight => sight >= Sight.MailRedelivered)];

    /// <summary>What a node of its own meets.</summary>
    public static IReadOnlyList<Sight> SightsOfOne { get; } = [.. AllSights.Where(sight => sight < Sight.MailRedelivered)];

    public long Histories { get; private set; }

    public long Steps { get; internal set; }

    public long Events { get; internal set; }

    /// <summary>Histories that differ in which turns were taken, in which order, and what became of them.</summary>
    public int Interleavings => _interleavings.Count;

    public long this[Sight sight] => _sights[(int)sight];

    /// <summary>How often a law was looked at.</summary>
    public long this[Law law] => _checks[(int)law];

    /// <summary>Adds what another saw.</summary>
    public void Add(Coverage other)
    {
        for (var i = 0; i < _sights.Length; i++) { _sights[i] += other._sights[i]; }
        for (var i = 0; i < _checks.Length; i++) { _checks[i] += other._checks[i]; }
        _interleavings.UnionWith(other._interleavings);
        (Histories, Steps, Events) = (Histories + other.Histories, Steps + other.Steps, Events + other.Events);
    }

    /// <summary>All of it, for people: one line each.</summary>
    public string Table()
    {
        var lines = AllSights.Select(sight => $"{this[sight],14:N0} {sight}").Concat(Enum.GetValues<Law>().Select(law => $"{this[law],14:N0} looks at {law}"));
        return $"{Histories:N0} histories, {Interleavings:N0} interleavings, {Steps:N0} steps, {Events:N0} events\n{string.Join('\n', lines)}";
    }

    internal void See(Sight sight) => _sights[(int)sight]++;

    internal void See(Sight sight, bool seen)
    {
        if (seen) { See(sight); }
    }

    internal void Close(ulong interleaving, Laws laws)
    {
        Histories++;
        _interleavings.Add(interleaving);
        for (var i = 0; i < _checks.Length; i++) { _checks[i] += laws.Checks[i]; }
    }
}
