using Market.Actors.Simulation.Cluster;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>What became of one history.</summary>
/// <param name="Broken">The law that did not hold; null when all did.</param>
/// <param name="What">How it did not.</param>
/// <param name="Played">Steps until the end.</param>
/// <param name="Journal">A hash of every byte of the journal.</param>
public sealed record History(ulong Seed, Law? Broken, string What, int Played, Coverage Coverage, ulong Journal);

/// <summary>Histories of whole nodes from seeds: the same seed gives the same history, on every machine.</summary>
public static class Simulator
{
    /// <param name="faults">Whether disks, wires, clocks and machines fail; without, clients still send things twice and take no order.</param>
    /// <param name="nodes">Nodes over one broker and one database, from 2 on; 1 is a node of its own.</param>
    public static History Play(ulong seed, bool faults = true, int nodes = 1) => Play(seed, faults, Schedule.Draw(ClimateOf(seed, faults, nodes)), new Saboteur(), nodes: nodes);

    internal static Climate ClimateOf(ulong seed, bool faults, int nodes) => nodes == 1 ? Climate.Of(seed, faults) : Climate.OfCluster(seed, faults, nodes);

    internal static History Play(
        ulong seed, bool faults, IReadOnlyList<Step> steps, Saboteur saboteur, IReadOnlyList<Law>? without = null, Action<string>? note = null, int nodes = 1)
    {
        var laws = new Laws([.. without ?? []]);
        var coverage = new Coverage();
        var climate = ClimateOf(seed, faults, nodes);
        var world = nodes == 1 ? new World(climate, laws, coverage, saboteur) { Note = note } : new ClusterWorld(climate, laws, coverage, saboteur) { Note = note };
        Law? broken = null;
        var what = "";
        try
        {
            new Player(world).Play(steps);
        }
        catch (LawBrokenException e)
        {
            if (laws.Hold(e.Law)) { (broken, what) = (e.Law, e.Message); }
        }
        catch (Exception e)
        {
            (broken, what) = (Law.NothingStops, e.ToString());
        }
        coverage.Close(world.Path, laws);
        return new History(seed, broken, what, (int)coverage.Steps, coverage, JournalHash(world));
    }

    /// <summary>The shortest schedule that breaks the same law in the same world.</summary>
    /// <param name="broken">A history that broke one.</param>
    public static Shrunk Shrink(History broken, bool faults = true, int nodes = 1) => Shrink(broken, faults, () => new Saboteur(), nodes);

    internal static Shrunk Shrink(History broken, bool faults, Func<Saboteur> plant, int nodes = 1)
    {
        var law = broken.Broken ?? throw new ArgumentException("Only a history that broke a law can be shrunk.", nameof(broken));
        return new Shrinker(steps => Play(broken.Seed, faults, steps, plant(), nodes: nodes), law).Shrink(Schedule.Draw(ClimateOf(broken.Seed, faults, nodes)), broken);
    }

    /// <summary>A broken history for people: the law, what is left of the schedule, what happens in it, and the command that plays it again.</summary>
    public static string Explain(History broken, bool faults = true, int nodes = 1) => Explain(broken, faults, () => new Saboteur(), nodes);

    internal static string Explain(History broken, bool faults, Func<Saboteur> plant, int nodes = 1)
    {
        var shrunk = Shrink(broken, faults, plant, nodes);
        var lines = new List<string>();
        Play(broken.Seed, faults, [.. shrunk.Steps.Select(one => one.Step)], plant(), note: lines.Add, nodes: nodes);
        return string.Join('\n', [
            $"Seed {broken.Seed} breaks {broken.Broken} after {broken.Played} steps.",
            broken.What,
            $"The shortest schedule found ({shrunk.Steps.Count} steps, {shrunk.Tries} tries): {string.Join(", ", shrunk.Steps.Select(one => $"{one.Number} {one.Step.Kind}"))}",
            shrunk.History.What,
            .. lines.Select(line => $"  {line}"),
            $"Play it again: monkonomy simulate --seed {broken.Seed}{(faults ? " --faults" : "")}{(nodes > 1 ? $" --nodes {nodes}" : "")}"]);
    }

    private static ulong JournalHash(World world)
    {
        var hash = 0UL;
        foreach (var turn in world.Disk.Log) { hash = StableHash.Hash64(turn.Bytes.Span, hash); }
        return hash;
    }
}
