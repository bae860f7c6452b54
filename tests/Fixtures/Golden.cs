using System.Text.Json;

namespace Market.Fixtures;

/// <summary>
/// The golden files: what the 2018 originals computed. Read-only data, copied beside the tests. Numbers are read as doubles,
/// exactly; what JSON has no number for stands as the text NaN, Infinity or -Infinity.
/// </summary>
public static class Golden
{
    /// <summary>The rows of a file with one JSON object a line, in order.</summary>
    public static IReadOnlyList<JsonElement> Rows(string file) => [.. File.ReadLines(PathOf(file)).Select(Parse)];

    /// <summary>A file that is one JSON object.</summary>
    public static JsonElement Document(string file) => Parse(File.ReadAllText(PathOf(file)));

    public static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static double Number(this JsonElement row, string name) => NumberOf(row.GetProperty(name));

    /// <summary>Null where the row says null.</summary>
    public static double? NumberOrNull(this JsonElement row, string name)
    {
        var value = row.GetProperty(name);
        return value.ValueKind == JsonValueKind.Null ? null : NumberOf(value);
    }

    private static double NumberOf(JsonElement value) => value.ValueKind != JsonValueKind.String
        ? value.GetDouble()
        : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new FormatException($"'{other}' is no number."),
        };

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", file);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
