using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Market.Node.Cli.Client;

/// <summary>
/// Reads JSON of a node. Half a surrogate pair, or bytes that are no UTF-8, become the replacement character: a stranger's broken name
/// must not end everybody's watching.
/// </summary>
public static partial class JsonText
{
    /// <returns>Null for what is not JSON.</returns>
    public static JsonElement? TryRead(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(Mended(Encoding.UTF8.GetString(utf8)));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Mended(string json) => json.Contains("\\ud", StringComparison.OrdinalIgnoreCase)
        ? Escapes().Replace(json, escape => escape.Groups["half"].Success ? "\\ufffd" : escape.Value)
        : json;

    /// <summary>Every escape, one after the other, so that an escaped backslash is never taken for the start of one.</summary>
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.ExplicitCapture)]
    private static partial Regex Escapes();
}
