using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Market.Cluster;

/// <summary>One line of the result. Latencies in ms; of orders from when each was due.</summary>
/// <param name="PerSecond">Orders answered a second; null where that is not what is measured.</param>
/// <param name="Floor">What must hold, in words.</param>
internal sealed record ClusterRow(string Scenario, string Offered, double? PerSecond, double? P50, double? P90, double? P99, double? Max, string Floor, bool Holds, long Refused = 0);

/// <summary>Rows as a table at the end, or as JSON lines as they come.</summary>
internal sealed class ClusterTable(bool json, string only)
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly List<ClusterRow> _rows = [];

    public bool AllHold => _rows.TrueForAll(row => row.Holds);

    /// <summary>Of a row measured before; null when it was not.</summary>
    public double? PerSecondOf(string scenario) => _rows.Find(row => row.Scenario == scenario)?.PerSecond;

    public bool Wants(string scenario) => scenario.Contains(only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Progress goes to the other stream, so that rows can be piped.</summary>
    public static void Progress(string line) => Console.Error.WriteLine(line);

    public void Add(ClusterRow row)
    {
        _rows.Add(row);
        if (json) { Console.WriteLine(JsonSerializer.Serialize(row, Lines)); }
    }

    public void End()
    {
        if (json) { return; }
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var head in (string[])["scenario", "offered", "answered/s", "p50 ms", "p90", "p99", "max", "floor", "holds", "refused"]) { table.AddColumn(new TableColumn(head) { NoWrap = true }); }
        foreach (var row in _rows)
        {
            table.AddRow(row.Scenario, row.Offered, Text(row.PerSecond), Text(row.P50), Text(row.P90), Text(row.P99), Text(row.Max), row.Floor, row.Holds ? "yes" : "no", Text(row.Refused));
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 300;
        console.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}, {Environment.OSVersion}"));
    }

    private static string Text(double? number) =>
        number is { } value ? value.ToString(Math.Abs(value) >= 100 ? "n0" : "0.###", CultureInfo.InvariantCulture) : "";
}
