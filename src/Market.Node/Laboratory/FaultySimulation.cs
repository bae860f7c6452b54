using System.Text.Json;
using Market.Actors.Simulation;
using Market.Node.Cli;
using Market.Node.Cli.Screen;

namespace Market.Node.Laboratory;

/// <summary><c>simulate --faults</c>: histories in which everything fails that can, each judged by the laws of the market.</summary>
internal static class FaultySimulation
{
    /// <summary>Explaining one takes hundreds of histories, to find the shortest schedule.</summary>
    private const int MostExplained = 3;

    /// <returns>Done when every law held in every history.</returns>
    public static int Run(SimulateOptions told, Terminal terminal, RunProgress progress, int threads, CancellationToken cancel)
    {
        var (coverage, broken) = Play(told, progress, threads, cancel);
        progress.Clear();
        if (terminal.Json)
        {
            terminal.Write(JsonSerializer.SerializeToElement(Json(coverage, broken)));
            return broken.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        foreach (var history in broken.OrderBy(one => one.Seed).Take(MostExplained)) { terminal.Copyable(Simulator.Explain(history, nodes: told.Nodes)); }
        if (told.Replications > 1) { terminal.Copyable(coverage.Table()); }
        else { terminal.Copyable($"seed {told.Seed}: {coverage.Steps} steps, {coverage.Events} events"); }
        if (broken.Count == 0)
        {
            terminal.Copyable("Every law held.");
            return ExitCode.Done;
        }
        terminal.Say($"{broken.Count} of {coverage.Histories} histories broke a law.");
        return ExitCode.Failed;
    }

    private static object Json(Coverage coverage, List<History> broken) => new
    {
        histories = coverage.Histories,
        interleavings = coverage.Interleavings,
        steps = coverage.Steps,
        events = coverage.Events,
        seen = Coverage.AllSights.ToDictionary(sight => sight.ToString(), sight => coverage[sight]),
        looks = Enum.GetValues<Law>().ToDictionary(law => law.ToString(), law => coverage[law]),
        broken = broken.OrderBy(history => history.Seed).Select(history => new { seed = history.Seed, law = history.Broken.ToString(), what = history.What }),
    };

    private static (Coverage Coverage, List<History> Broken) Play(SimulateOptions told, RunProgress progress, int threads, CancellationToken cancel)
    {
        var (coverage, broken, gate) = (new Coverage(), new List<History>(), new Lock());
        Parallel.For(0, told.Replications, new ParallelOptions { MaxDegreeOfParallelism = threads }, (i, loop) =>
        {
            if (cancel.IsCancellationRequested) { loop.Stop(); }
            var history = Simulator.Play(unchecked(told.Seed + (ulong)i), nodes: told.Nodes);
            lock (gate)
            {
                coverage.Add(history.Coverage);
                if (history.Broken is not null) { broken.Add(history); }
                progress.Done(coverage.Histories, () => coverage.Steps);
            }
        });
        return (coverage, broken);
    }
}
