using System.Globalization;
using System.Text;

namespace Market.Chaos;

/// <summary>What a day came to.</summary>
internal sealed record DayReport
{
    public required int Seed { get; init; }

    public required double Minutes { get; init; }

    public required IReadOnlyList<FaultRow> Faults { get; init; }

    /// <summary>Commands answered, each counted once.</summary>
    public required long Answered { get; init; }

    /// <summary>The same by the kind of door that they came by.</summary>
    public required IReadOnlyDictionary<string, long> ByDoor { get; init; }

    public required long Accepted { get; init; }

    /// <summary>Events in the journal at the end.</summary>
    public required long Events { get; init; }

    /// <summary>What is not as it must be; empty when all is.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("fault               times   longest silence of a shard   503s   lost or late   conflicts");
        foreach (var row in Faults)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{row.Kind,-18} {row.Times,6} {row.LongestSilenceMs / 1_000.0,23:0.0} s {row.Refusals,9} {row.Losses,14} {row.Conflicts,11}");
        }
        return table.ToString();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Wrong.Count == 0 ? "All agree" : $"{Wrong.Count} wrong")}: seed {Seed}, {Minutes:0.#} min, {Faults.Sum(row => row.Times)} faults, {Answered:N0} commands answered ({string.Join(", ", ByDoor.Select(door => string.Create(CultureInfo.InvariantCulture, $"{door.Value:N0} by {door.Key}")))}), {Accepted:N0} accepted, {Events:N0} events.");
}

/// <summary>All faults of one kind.</summary>
/// <param name="LongestSilenceMs">Of any shard, of those that began before the next fault.</param>
/// <param name="Refusals">Frames answered with 503 until the next fault.</param>
/// <param name="Losses">Frames without an answer until the next fault: the connection ended, or it took too long.</param>
/// <param name="Conflicts">Appends that came too late because another node owned the shard.</param>
internal sealed record FaultRow(string Kind, int Times, double LongestSilenceMs, long Refusals, long Losses, long Conflicts)
{
    public static FaultRow Of(string kind, IReadOnlyCollection<Happened> all) => new(
        kind, all.Count, Math.Round(all.Max(one => one.Stretch.Silence.TotalMilliseconds)), all.Sum(one => one.Stretch.Refusals), all.Sum(one => one.Stretch.Losses), all.Sum(one => one.Conflicts));
}

/// <summary>One fault that happened, and what followed until the next.</summary>
internal sealed record Happened(Faults.Fault Fault, Traders.Stretch Stretch)
{
    public long Conflicts { get; set; }
}
