using Market.Chaos.Machines;

namespace Market.Chaos.Judgement;

/// <summary>Appends that nodes made too late, out of their logs.</summary>
internal sealed class ConflictCount(IReadOnlyList<Machine> machines)
{
    public long Now() => machines.Sum(machine => Lines(machine.Node.Log).LongCount(line => line.Contains("another owner wrote", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Lines(string log)
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line) { yield return line; }
    }
}
