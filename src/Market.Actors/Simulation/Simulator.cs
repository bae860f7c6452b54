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
    public static History Play(ulong seed, bool faults = true) => Play(seed, faults, Schedule.Draw(Climate.Of(seed, faults)), new Saboteur());

    internal static History Play(ulong seed, bool faults, IReadOnlyList<Step> steps, Saboteur saboteur, IReadOnlyList<Law>? without = null, Action<string>? note = null)
    {
        var laws = new Laws([.. without ?? []]);
        var coverage = new Coverage();
        var world = new World(Climate.Of(seed, faults), laws, coverage, saboteur) { Note = note };
        Law? broken = null;
        var what = "";
        try
        {
            new Player(world).Play(steps);
        }
        catch (LawBrokenException e)
        {
            (broken, what) = (e.Law, e.Message);
        }
        catch (Exception e) when (e is InvariantBrokenException or InvalidOperationException or ArgumentException or NullReferenceException or OverflowException)
        {
            (broken, what) = (Law.NothingStops, e.ToString());
        }
        coverage.Close(world.Path, laws);
        return new History(seed, broken, what, (int)coverage.Steps, coverage, JournalHash(world));
    }

    /// <summary>A broken history for people: the law, and the command that plays it again.</summary>
    public static string Explain(History history) => $"seed {history.Seed}: {history.What}\nmonkonomy simulate --seed {history.Seed} --faults";

    private static ulong JournalHash(World world)
    {
        var hash = 0UL;
        foreach (var turn in world.Disk.Log) { hash = StableHash.Hash64(turn.Bytes.Span, hash); }
        return hash;
    }
}
