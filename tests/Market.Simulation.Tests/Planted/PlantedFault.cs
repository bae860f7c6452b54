using Market.Actors.Simulation;

namespace Market.Simulation.Tests.Planted;

/// <summary>A fault, and by which laws it must be found.</summary>
/// <param name="Law">The one that says what is wrong.</param>
/// <param name="Also">Others that find it too, each of them alone.</param>
/// <param name="Seeds">Within so many it is found.</param>
/// <param name="Without">Kinds of steps that are left out, so that what the fault leads to does not hide it; null leaves out none.</param>
internal sealed record PlantedFault(string Name, Law Law, Law[] Also, int Seeds, Func<Saboteur> Plant, StepKind[]? Without = null)
{
    private static readonly StepKind[] Crashes = [StepKind.Crash, StepKind.CrashAtAppend, StepKind.CrashInRelease, StepKind.CrashInSave];
    private static readonly StepKind[] LossOfData = [.. Crashes, StepKind.FailAppend];

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("answers before the append", Law.NothingBeforeItIsDurable, [], 3, () => new HastyAnswers(), LossOfData),
        new("skips the sync", Law.NothingBeforeItIsDurable, [], 3, () => new SkippedSync(), [.. LossOfData, StepKind.Snapshot]),
        new("takes a failed sync for done", Law.NothingBeforeItIsDurable, [], 30, () => new FailureTakenForDone(), Crashes),
        new("forgets one txnId", Law.OneEffectOneAnswer, [Law.ReplayGivesTheState], 40, () => new ForgottenTxnId(), [.. LossOfData, StepKind.Snapshot]),
        new("applies twice after a redelivery", Law.InvestmentsReturnOnce, [Law.NothingStops, Law.WhatIsDueHappens, Law.BoardIsOfTheJournal], 40, () => new AppliedTwice()),
        new("loses an outbox message", Law.InvestmentsReturnOnce, [Law.WhatIsDueHappens], 20, () => new LostMessage()),
        new("snapshots one event early", Law.ReplayGivesTheState, [], 10, () => new EarlySnapshot()),
        new("rearms no timer after a recovery", Law.WhatIsDueHappens, [Law.InvestmentsReturnOnce], 10, () => new NoTimers()),
        new("refunds a refused investment", Law.CoinsAddUp, [Law.ReplayGivesTheState, Law.TradersByTheRules, Law.AnswersSayWhatHappened, Law.NothingBeforeItIsDurable, Law.OneEffectOneAnswer], 30, () => new RefundedRefusal(), [StepKind.Snapshot]),
        new("bursts by the hype of when the bubble began", Law.PricesByTheRules, [], 200, () => new StaleBurst()),
        new("bails out before the check", Law.TradersByTheRules, [], 60, () => new HelpBeforeTheCheck()),
        new("trades at the price of the wrong market", Law.PricesByTheRules, [], 20, () => new WrongMarketsPrice()),
        new("counts a refused feed on the board", Law.BoardIsOfTheJournal, [Law.NothingBeforeItIsDurable], 10, () => new CountedRefusal()),
        new("goes back in time after a recovery", Law.TimeNeverGoesBack, [Law.ReplayGivesTheState], 30, () => new ForgottenTime()),
        new("answers the wrong asker", Law.AnswersGoToTheirAskers, [Law.OneEffectOneAnswer, Law.WhatIsDueHappens], 10, () => new WrongAsker()),
        new("lets a paused market go on", Law.GamesByTheRules, [], 40, () => new DeafToPauses()),
    ];

    public override string ToString() => Name;
}
