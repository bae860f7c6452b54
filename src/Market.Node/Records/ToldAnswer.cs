using System.Text.Json;
using Market.Protocol.Values;

namespace Market.Node.Records;

/// <summary>What an answer is known by: a trader's command may be answered, come home and bring a bailout, each told once.</summary>
/// <param name="Type">As on the wire: MARKET, INVEST, FEED, RETURN or BAILOUT.</param>
internal readonly record struct ToldKey(MarketId Market, TraderKey Trader, string TxnId, string Type);

/// <summary>One answer that a client wrote down: a line of JSON with market, team, name, txnId, type, status and state, all as they came.</summary>
/// <param name="Line">In the file; the first is 1.</param>
/// <param name="Status">Of the first answer, where this was that of a DUPLICATE.</param>
/// <param name="State">The trader after it; of no kind when none was told.</param>
internal sealed record ToldAnswer(int Line, ToldKey Key, string Status, JsonElement State)
{
    /// <summary>Refusals at the door, which change nothing and are not kept.</summary>
    private static readonly string[] NeverKept = ["MALFORMED", "UNAUTHORIZED", "UNKNOWN_MARKET", "MARKET_CLOSED", "RATE_LIMITED", "TXN_ID_REUSED"];

    /// <summary>Whether the journal must have it.</summary>
    public bool IsKept => !NeverKept.Contains(Status);

    /// <summary>All answers of a file; empty lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A line is no answer; the message says which, and why.</exception>
    public static IEnumerable<ToldAnswer> ReadAll(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line)) { yield return Read(file, number, line); }
        }
    }

    private static ToldAnswer Read(string file, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return Read(number, json.RootElement);
        }
        catch (Exception unread) when (unread is JsonException or InvalidDataException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file}, line {number}: {unread.Message}", unread);
        }
    }

    private static ToldAnswer Read(int number, JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object) { throw new InvalidDataException("An answer is an object."); }
        if (!MarketId.TryRead(Text(answer, "market"), out var market)) { throw new InvalidDataException("\"market\" is no market's name."); }
        if (!TraderKey.TryRead($"{Text(answer, "team")}/{Text(answer, "name")}", out var trader)) { throw new InvalidDataException("\"team\" and \"name\" are no trader's."); }
        var status = Text(answer, "status");
        var first = status == "DUPLICATE" ? Text(answer, "first") : status;
        var state = answer.TryGetProperty("state", out var told) ? told.Clone() : default;
        return new ToldAnswer(number, new ToldKey(market, trader, Text(answer, "txnId"), Text(answer, "type")), first, state);
    }

    private static string Text(JsonElement answer, string field) =>
        answer.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : throw new InvalidDataException($"\"{field}\" is missing, or no text.");
}
