using System.Globalization;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Screen;
using Spectre.Console;

namespace Market.Node.Cli.Pbm;

/// <summary>JSON of a node as people read it: rows in columns, everything in it taken for a stranger's words.</summary>
public static class Sheet
{
    /// <summary>A table without lines around it.</summary>
    /// <param name="columns">With a '#' in front: numbers, to the right.</param>
    public static Table Of(Terminal terminal, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
        {
            var made = new TableColumn(terminal.Show(column.TrimStart('#'))).PadRight(3);
            table.AddColumn(column[0] == '#' ? made.RightAligned() : made);
        }
        foreach (var row in rows) { table.AddRow([.. row.Select(cell => new Markup(terminal.Show(cell)))]); }
        return table;
    }

    /// <summary>A field as text: a text as it is, a number as it was written, nothing as a dash.</summary>
    public static string Cell(this JsonElement json, string key) => json.Of(key) is not { } value ? "-" : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(each => each.ValueKind is JsonValueKind.String ? each.GetString() : each.GetRawText())),
        _ => value.GetRawText(),
    };

    /// <summary>The elements of an array.</summary>
    /// <exception cref="NodeFailedException">There is none of this name.</exception>
    public static IReadOnlyList<JsonElement> Rows(this JsonElement json, string key) =>
        json.Of(key) is { ValueKind: JsonValueKind.Array } rows ? [.. rows.EnumerateArray()] : throw NodeFailedException.NotANode();

    /// <summary>A whole number; 0 when it is missing.</summary>
    public static long Number(this JsonElement json, string key) =>
        json.Of(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;

    /// <summary>Bytes as people say them.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB"),
    };

    /// <summary>A span of time as people say it.</summary>
    public static string Span(long ms) => ms switch
    {
        < 120_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000} s"),
        < 7_200_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 3_600_000} h"),
    };
}
