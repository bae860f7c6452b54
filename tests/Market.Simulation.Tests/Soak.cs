using System.Globalization;
using Market.Actors.Simulation;

namespace Market.Simulation.Tests;

/// <summary>Many histories at once, each on one thread: how many is said by the environment, or by who asks.</summary>
internal static class Soak
{
    /// <summary>As CI has it; <c>SIMULATION_SEEDS</c> says otherwise.</summary>
    public static int Seeds { get; } = Number("SIMULATION_SEEDS", 3_000);

    /// <summary>Of clusters; <c>SIMULATION_CLUSTER_SEEDS</c>.</summary>
    public static int ClusterSeeds { get; } = Number("SIMULATION_CLUSTER_SEEDS", 3_000);

    /// <summary>The first seed; <c>SIMULATION_FROM</c>.</summary>
    public static int From { get; } = Number("SIMULATION_FROM", 1);

    /// <returns>What all saw together, and those that broke a law, the lowest seed first.</returns>
    public static (Coverage Coverage, IReadOnlyList<History> Broken) Play(int from, int count, Func<ulong, History> play)
    {
        var (coverage, broken, gate) = (new Coverage(), new List<History>(), new Lock());
        // Without a bound the pool adds a thread, and with it a history in memory, for every second that this goes on.
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var history = play((ulong)(from + i));
            lock (gate)
            {
                coverage.Add(history.Coverage);
                if (history.Broken is not null) { broken.Add(history); }
            }
        });
        return (coverage, [.. broken.OrderBy(history => history.Seed)]);
    }

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
