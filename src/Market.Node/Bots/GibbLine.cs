using System.Buffers;
using System.Text.Json;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>One post of a file, as it was posted once.</summary>
public sealed record GibbLine(Timestamp Time, string Author, string Text)
{
    private const string Example = """{"time":"2018-03-20T18:34:56.789Z","author":"jane","text":"I like banana"}""";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads one line; fields that are not known are passed over.</summary>
    /// <param name="isFirst">Whether it may begin with a byte order mark.</param>
    /// <param name="problem">What would be right; null when the line is a post, or blank.</param>
    /// <returns>Null for what is none.</returns>
    public static GibbLine? Read(in ReadOnlySequence<byte> line, bool isFirst, out string? problem)
    {
        var bytes = line.ToArray().AsMemory();
        if (isFirst && bytes.Span.StartsWith(ByteOrderMark)) { bytes = bytes[ByteOrderMark.Length..]; }
        problem = null;
        if (bytes.Span.Trim(" \t\r"u8).IsEmpty) { return null; }
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Read(json.RootElement, out problem);
        }
        catch (JsonException)
        {
            problem = $"a JSON object is needed, e.g. {Example}";
            return null;
        }
    }

    private static GibbLine? Read(JsonElement json, out string? problem)
    {
        var isObject = json.ValueKind is JsonValueKind.Object;
        var (time, author, text) = isObject ? (Field(json, "time"), Field(json, "author"), Field(json, "text")) : default;
        var hasTime = Timestamp.TryRead(time ?? "", out var at);
        problem = !isObject ? $"a JSON object is needed, e.g. {Example}"
            : !hasTime ? "time: an ISO-8601 time is needed, e.g. \"2018-03-20T18:34:56.789Z\"."
            : !TraderKey.IsName(author) ? $"author: a name of 1 to {TraderKey.MaxLength} characters is needed, none of them a control character."
            : string.IsNullOrWhiteSpace(text) || text.Length > Gibb.MaxTextLength ? $"text: a text of 1 to {Gibb.MaxTextLength} characters is needed; this one has {text?.Length ?? 0}."
            : null;
        return problem is null ? new GibbLine(at, author!, text!) : null;
    }

    /// <summary>Null when it is missing, of another type, or not valid Unicode.</summary>
    private static string? Field(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var field) || field.ValueKind is not JsonValueKind.String) { return null; }
        try
        {
            return field.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
