using Market.Actors.Chance;
using Market.Actors.Laboratory;
using Market.Node.Records;

namespace Market.Node.Laboratory;

/// <summary>
/// Many runs of one plan, each with a seed of its own that follows from the plan's. Replication 3 of two plans with the same seed has the
/// same seed, so both walk the same price and throw the same dice (common random numbers): what differs between them is what the plans
/// differ in, and far fewer runs show it.
/// </summary>
public static class Replications
{
    /// <summary>The seed of one replication.</summary>
    /// <param name="number">From 1.</param>
    public static ulong SeedOf(ulong seed, int number) => ChanceStream.For(seed, "/laboratory/replications").Bits(number);

    /// <summary>Runs them side by side, each on one thread.</summary>
    /// <param name="done">Told after each, on its thread, how many commands it had.</param>
    /// <param name="cancel">Leaves out those that have not ended by then.</param>
    /// <returns>Those that ended, in order.</returns>
    public static IReadOnlyList<(int Number, RunResult Run)> Run(
        LaboratoryPlan plan, long ticks, int count, int threads, Action<long> done, CancellationToken cancel)
    {
        var runs = new RunResult?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            if (cancel.IsCancellationRequested) { return; }
            var run = new LaboratoryRun(plan with { Seed = SeedOf(plan.Seed, i + 1) }, ticks, new OneByOne()).Run(best: 0, cancel);
            if (!run.Complete) { return; }
            runs[i] = run;
            done(run.All.Commands);
        });
        return [.. runs.Select((run, i) => (Number: i + 1, Run: run)).Where(one => one.Run is not null).Select(one => (one.Number, one.Run!))];
    }

    /// <summary><c>replications.csv</c>: a line for each temperament of each run, and one for all of them together.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<(int Number, RunResult Run)> runs)
    {
        using var table = new CsvFile(
            path, "replication", "seed", "temperament", "traders", "finalPrice", "trades", "fedMonkeys", "bailouts", "score", "fedMonkeysPerTrader", "scorePerTrader", "journal");
        foreach (var (number, run) in runs)
        {
            foreach (var part in run.Parts.Prepend(run.Whole))
            {
                table.Write($"{number},{run.Seed},{ExportJournal.Quoted(part.Temperament)},{part.Traders},{run.Price.Price},{part.Activity.Trades},{part.Fed},{part.Bailouts},{part.Score},{part.FedPerTrader:R},{part.ScorePerTrader:R},{run.JournalHash}");
            }
        }
    }
}
