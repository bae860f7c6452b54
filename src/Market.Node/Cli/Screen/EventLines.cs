using System.Text.Json;
using Market.Node.Cli.Client;

namespace Market.Node.Cli.Screen;

/// <summary>A trader's journal as lines: whatever fields an event has, in the node's order.</summary>
public static class EventLines
{
    /// <param name="answer">An array of events, or an object that holds one.</param>
    public static IEnumerable<string> Of(JsonElement answer, Terminal terminal)
    {
        var events = answer.ValueKind is JsonValueKind.Array ? answer : answer.Of("events") ?? throw NodeFailedException.NotANode();
        if (events.ValueKind is not JsonValueKind.Array) { throw NodeFailedException.NotANode(); }
        var lines = events.EnumerateArray().Select(one => Line(one, terminal)).ToList();
        return lines.Count > 0 ? lines : ["No events there."];
    }

    /// <summary>An object as one line: its fields, those of objects in it with a dot.</summary>
    public static string Line(JsonElement one, Terminal terminal) => one.ValueKind is JsonValueKind.Object
        ? string.Join(' ', one.EnumerateObject().SelectMany(member => Fields("", member)).Select(terminal.Show))
        : terminal.Show(Plain(one));

    private static IEnumerable<string> Fields(string prefix, JsonProperty member)
    {
        var name = prefix + member.Name;
        return member.Value.ValueKind is JsonValueKind.Object
            ? member.Value.EnumerateObject().SelectMany(inner => Fields($"{name}.", inner))
            : [$"{name}={Plain(member.Value)}"];
    }

    private static string Plain(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
