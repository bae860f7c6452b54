using System.Buffers;
using System.Text.Json;
using Market.Protocol.Messages;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors;

/// <summary>The commands of one frame or body: one, or an array of them.</summary>
/// <param name="Commands">As read, malformed ones in their places.</param>
/// <param name="IsArray">Whether it was an array.</param>
/// <param name="Problem">Why nothing at all could be read; null when something could.</param>
public readonly record struct CommandFrame(IReadOnlyList<CommandReading> Commands, bool IsArray, string? Problem)
{
    /// <summary>Never throws: whatever was wrong is in <see cref="Problem"/> or in the command it belongs to.</summary>
    public static CommandFrame Read(ReadOnlySequence<byte> utf8, int maxCommands)
    {
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CommandReader.MaxDepth });
        try
        {
            if (!json.Read()) { return Wrong("A command is needed, or an array of them."); }
            var frame = json.TokenType is JsonTokenType.StartArray
                ? ReadArray(ref json, maxCommands)
                : new CommandFrame([CommandReader.Read(ref json)], false, null);
            return frame.Problem is null && json.Read() ? Wrong("One JSON value is needed; more follows.") : frame;
        }
        catch (JsonException e)
        {
            return Wrong($"This is not JSON in UTF-8: line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}.");
        }
        catch (InvalidOperationException)
        {
            return Wrong("This is not JSON in UTF-8: a field's name or type holds half a surrogate pair.");
        }
    }

    /// <summary>Reads the one command of a body whose place says what it must be about. Never throws, as <see cref="Read"/>.</summary>
    public static CommandReading ReadOne(ReadOnlySpan<byte> utf8, ResultType about)
    {
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CommandReader.MaxDepth });
        try
        {
            if (!json.Read()) { return WrongOne("A command is needed."); }
            var reading = CommandReader.Read(ref json, about);
            return json.Read() ? WrongOne("One JSON object is needed; more follows.") : reading;
        }
        catch (JsonException)
        {
            return WrongOne("This is not JSON in UTF-8.");
        }
        catch (InvalidOperationException)
        {
            return WrongOne("A name or a type holds half a surrogate pair.");
        }
    }

    private static CommandReading WrongOne(string problem) => new(default, null, problem, null, null);

    private static CommandFrame ReadArray(ref Utf8JsonReader json, int maxCommands)
    {
        var commands = new List<CommandReading>();
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (commands.Count == maxCommands) { return Wrong($"At most {maxCommands} commands fit into one array."); }
            commands.Add(CommandReader.Read(ref json));
        }
        return new CommandFrame(commands, true, null);
    }

    private static CommandFrame Wrong(string problem) => new([], false, problem);
}
