using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Spectre.Console;

namespace Market.Bench;

/// <summary>What every run says beside its rows.</summary>
internal static class Report
{
    /// <summary>Progress goes to the other stream, so that rows can be piped.</summary>
    public static void Progress(string line) => Console.Error.WriteLine(line);

    public static string Machine => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}, SQLite {RawSqlite.Version}");
}

/// <summary>Rows of one kind: as a table at the end, or as JSON lines as they come.</summary>
internal sealed class Report<TRow>(bool json)
{
    private static readonly PropertyInfo[] Columns = typeof(TRow).GetProperties();

    private readonly List<TRow> _rows = [];

    public void Add(TRow row)
    {
        _rows.Add(row);
        if (json) { Console.WriteLine(JsonSerializer.Serialize(row)); }
    }

    public void End()
    {
        if (json) { return; }
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var column in Columns) { table.AddColumn(new TableColumn(column.Name) { NoWrap = true, Alignment = Justify.Right }); }
        foreach (var row in _rows) { table.AddRow([.. Columns.Select(column => Text(column.GetValue(row)))]); }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 300;
        console.Write(table);
        Console.WriteLine(Report.Machine);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString(Math.Abs(number) >= 100 ? "n0" : "0.###", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString("n0", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
