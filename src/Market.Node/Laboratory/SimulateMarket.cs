using Market.Actors.Journal;
using Market.Actors.Laboratory;
using Market.Actors.Runtime;
using Market.Node.Cli;
using Market.Node.Cli.Screen;
using Market.Node.Config;
using Market.Protocol.Values;

namespace Market.Node.Laboratory;

/// <summary><c>simulate</c>: a market of bots in virtual time, its tables and its summary; or, with faults, a trial of the engine.</summary>
public static class SimulateMarket
{
    /// <returns>An <see cref="ExitCode"/>; done too when Ctrl-C ended it early, with what there is.</returns>
    public static Task<int> RunAsync(SimulateOptions told, Surroundings around, CancellationToken cancel) =>
        Task.Run(() => Run(told, around, cancel), CancellationToken.None);

    private static int Run(SimulateOptions told, Surroundings around, CancellationToken cancel)
    {
        var terminal = new Terminal(around, told.Json);
        if (told.Faults) { return FaultySimulation.Run(told, terminal, Progress(around, told, "history", told.Replications), Threads(told), cancel); }
        try
        {
            var plan = new LaboratoryPlan(Rules(told, around), told.Seed, told.Traders, told.Bots);
            if (told.Replications == 1) { RunOnce(plan, told, around, terminal, cancel); }
            else { RunMany(plan, told, around, terminal, cancel); }
            return ExitCode.Done;
        }
        catch (Exception wrong) when (wrong is WrongUsageException or ConfigurationException)
        {
            terminal.Tell("WRONG_USAGE", wrong.Message);
            return ExitCode.WrongUsage;
        }
        catch (Exception failed) when (Cause(failed) is IOException or UnauthorizedAccessException or JournalUnavailableException or JournalCorruptException or InvariantBrokenException)
        {
            terminal.Tell("SIMULATION_FAILED", Cause(failed).Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>What happened on one of several threads.</summary>
    private static Exception Cause(Exception failed) => failed is AggregateException { InnerException: { } inner } ? inner : failed;

    private static void RunOnce(LaboratoryPlan plan, SimulateOptions told, Surroundings around, Terminal terminal, CancellationToken cancel)
    {
        var folder = Folder(told, around, RunFolder.OfRun);
        using var witnesses = new Witnesses(ParallelPits.For(Threads(told)));
        if (told.JournalFolder is { } journal) { witnesses.Add(new KeptJournal(around.PathOf(journal))); }
        if (folder is not null && told.WithTrades) { witnesses.Add(new TradeTable(folder.PathOf(RunFolder.Trades))); }
        using var tables = folder is null ? null : new RunTables(folder, plan, told.Ticks);
        var progress = Progress(around, told, "tick", told.Ticks);
        var run = new LaboratoryRun(plan with { Witness = witnesses.Of }, told.Ticks, witnesses)
        {
            Ticked = market =>
            {
                tables?.Ticked(market);
                progress.Done(market.Tick.Seq, () => Activity.Sum(market.Activity()).Commands);
            },
            Ended = market => tables?.Ended(market),
        };
        var result = run.Run(RunSummary.Best, cancel);
        progress.Clear();
        RunSummary.Tell(result, terminal);
    }

    private static void RunMany(LaboratoryPlan plan, SimulateOptions told, Surroundings around, Terminal terminal, CancellationToken cancel)
    {
        var folder = Folder(told, around, [RunFolder.Replications]);
        var progress = Progress(around, told, "run", told.Replications);
        var (ended, commands) = (0, 0L);
        var runs = Replications.Run(plan, told.Ticks, told.Replications, Threads(told), ran =>
        {
            Interlocked.Add(ref commands, ran);
            progress.Done(Interlocked.Increment(ref ended), () => Interlocked.Read(ref commands));
        }, cancel);
        progress.Clear();
        if (folder is not null) { Replications.Write(folder.PathOf(RunFolder.Replications), runs); }
        if (runs.Count == 0) { terminal.Say("Ended before the first run did."); }
        else { ReplicationsSummary.Tell([.. runs.Select(one => one.Run)], told.Seed, told.Replications, terminal); }
    }

    private static MarketRules Rules(SimulateOptions told, Surroundings around)
    {
        var options = ConfigurationFile.Read(told.ConfigFile is { } file ? around.PathOf(file) : null, new Dictionary<string, string?>(), around.Variable);
        var market = options.Markets.FirstOrDefault(market => market.Id == told.Market)
            ?? throw new WrongUsageException($"The configuration has no market {told.Market}; it has {string.Join(", ", options.Markets.Select(market => market.Id))}.");
        return LaboratoryPlan.Of(told.Shards is { } shards ? market.Rules with { Shards = shards } : market.Rules);
    }

    private static RunFolder? Folder(SimulateOptions told, Surroundings around, IEnumerable<string> files)
    {
        if (told.OutFolder is not { } path) { return null; }
        var folder = new RunFolder(around.PathOf(path));
        folder.Prepare(files, told.Yes);
        return folder;
    }

    private static int Threads(SimulateOptions told) => told.Threads ?? Environment.ProcessorCount;

    private static RunProgress Progress(Surroundings around, SimulateOptions told, string unit, long total) =>
        new(around.OutIsTerminal && !told.Json ? around.Error : null, unit, total);
}
