using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Market.Doors;

/// <summary>One line of the result. Latencies in ms from when a request was due, CPU in cores, of node and client together.</summary>
/// <param name="Answered">A second: orders, or frames that reached a watcher.</param>
/// <param name="Limit">A second, of what the door stands on, in the same run.</param>
/// <param name="Floor">What must hold, in words.</param>
internal sealed record DoorRow(
    string Scenario, string Offered, double? Answered, double? P50, double? P90, double? P99, double? P999, double? Max,
    double Cores, double? Limit, string Floor, bool Holds, long Refused)
{
    public double? OfLimit => Answered / Limit;
}

/// <summary>Rows as a table at the end, or as JSON lines as they come.</summary>
internal sealed class DoorTable(bool json)
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly List<DoorRow> _rows = [];

    public bool AllHold => _rows.TrueForAll(row => row.Holds);

    /// <summary>Progress goes to the other stream, so that rows can be piped.</summary>
    public static void Progress(string line) => Console.Error.WriteLine(line);

    public void Add(DoorRow row)
    {
        _rows.Add(row);
        if (json) { Console.WriteLine(JsonSerializer.Serialize(row, Lines)); }
    }

    public void End()
    {
        if (json) { return; }
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var head in (string[])["scenario", "offered", "answered/s", "p50 ms", "p90", "p99", "p99.9", "max", "cores", "limit/s", "of limit", "floor", "holds", "refused"])
        {
            table.AddColumn(new TableColumn(head) { NoWrap = true });
        }
        foreach (var row in _rows)
        {
            table.AddRow(
                row.Scenario, row.Offered, Text(row.Answered), Text(row.P50), Text(row.P90), Text(row.P99), Text(row.P999), Text(row.Max), Text(row.Cores),
                Text(row.Limit), Text(row.OfLimit), row.Floor, row.Holds ? "yes" : "no", Text(row.Refused));
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
