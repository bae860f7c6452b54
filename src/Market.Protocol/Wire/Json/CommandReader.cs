using System.Text.Json;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Protocol.Wire.Json;

/// <summary>What reading a command gave: the command, or what was wrong with it.</summary>
/// <param name="Command">Well formed when <paramref name="Problem"/> is null.</param>
/// <param name="TxnId">As far as it could be read, also of a malformed command, so that its sender can tell which it was.</param>
/// <param name="Problem">Names the field and says what would be right; null when all is well.</param>
/// <param name="Team">The trader the command says it is of; null when it does not say, as most do not.</param>
/// <param name="Name">Likewise.</param>
public readonly record struct CommandReading(TraderCommand Command, string? TxnId, string? Problem, string? Team, string? Name)
{
    /// <summary>Whether the command, if it names a trader at all, names this one.</summary>
    public bool IsFor(TraderKey trader) => (Team is null || Team == trader.Team) && (Name is null || Name == trader.Name);
}

/// <summary>
/// Reads a command as <c>doors.md</c> has it: <c>{"txnId":"t1","type":"BUY","shares":3}</c>. Strict where the market decides by it, deaf to
/// fields it does not know.
/// </summary>
public static class CommandReader
{
    /// <summary>Deepest nesting that is looked at: a command is flat, and an array of them one more.</summary>
    public const int MaxDepth = 16;

    private enum Type : byte
    {
        Missing,
        Unknown,
        Buy,
        Sell,
        Invest,
        Feed,
    }

    /// <summary>Reads the one value the reader stands on, to its end.</summary>
    /// <param name="about">What it must be about, where the place it came to says so; there INVEST and FEED need no type. Null where only its type says so.</param>
    /// <exception cref="JsonException">The bytes are not JSON; then nothing can be said of what follows either.</exception>
    public static CommandReading Read(ref Utf8JsonReader json, ResultType? about = null)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return new CommandReading(default, null, "A command is a JSON object, e.g. {\"txnId\":\"t1\",\"type\":\"BUY\",\"shares\":1}.", null, null);
        }
        var start = json;
        try
        {
            var fields = default(Fields);
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName) { fields.Read(ref json); }
            return fields.ToReading(about);
        }
        catch (InvalidOperationException) // a name or a type with half of a surrogate pair as its escape
        {
            json = start;
            json.Skip();
            return new CommandReading(default, null, "A name or a type in this command is not valid Unicode.", null, null);
        }
    }

    /// <summary>The fields of one command, as they come by.</summary>
    private struct Fields
    {
        private string? _txnId;
        private Type _type;
        private long? _shares;
        private Coins? _invested;
        private long? _monkeys;
        private Timestamp? _time;
        private string? _team;
        private string? _name;
        private string? _problem;

        public void Read(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("txnId"u8)) { _txnId = Text(ref json, "txnId"); }
            else if (json.ValueTextEquals("type"u8)) { ReadType(ref json); }
            else if (json.ValueTextEquals("shares"u8)) { _shares = Whole(ref json, "shares"); }
            else if (json.ValueTextEquals("monkeys"u8)) { _monkeys = Whole(ref json, "monkeys"); }
            else if (json.ValueTextEquals("invested"u8)) { ReadInvested(ref json); }
            else if (json.ValueTextEquals("time"u8)) { ReadTime(ref json); }
            else if (json.ValueTextEquals("team"u8)) { _team = Text(ref json, "team"); }
            else if (json.ValueTextEquals("name"u8)) { _name = Text(ref json, "name"); }
            else { json.Skip(); }
        }

        public CommandReading ToReading(ResultType? about)
        {
            var txnIdIsFine = _txnId is { Length: > 0 and <= TraderCommand.MaxTxnIdLength };
            if (_problem is null && !txnIdIsFine) { _problem = "txnId: a text of 1 to 128 characters is needed."; }
            var command = _problem is null ? ToCommand(about) : default;
            return new CommandReading(command, txnIdIsFine ? _txnId : null, _problem, _team, _name);
        }

        private TraderCommand ToCommand(ResultType? about)
        {
            if (about is ResultType.Invest) { _type = Type.Invest; }
            else if (about is ResultType.Feed) { _type = Type.Feed; }
            else if (about is ResultType.Market && _type is not (Type.Buy or Type.Sell)) { Wrong(0, "type: one of BUY, SELL is needed."); }
            var amount = _type switch
            {
                Type.Buy or Type.Sell => AtLeastOne(_shares, "shares"),
                Type.Feed => AtLeastOne(_monkeys, "monkeys"),
                Type.Invest => MoreThanNothing(),
                _ => Wrong(0, "type: one of BUY, SELL, INVEST, FEED is needed."),
            };
            var type = _type switch { Type.Sell => CommandType.Sell, Type.Feed => CommandType.Feed, Type.Invest => CommandType.Invest, _ => CommandType.Buy };
            return new TraderCommand(type, _txnId!, amount, _time);
        }

        private long AtLeastOne(long? number, string field) =>
            number is >= 1 ? number.Value : Wrong(0, $"{field}: a whole number from 1 is needed.");

        private long MoreThanNothing() =>
            _invested is { Micro: > 0 } coins ? coins.Micro : Wrong(0, "invested: a number of coins above 0 is needed, of at least a millionth.");

        private long Wrong(long value, string problem)
        {
            _problem ??= problem;
            return value;
        }

        private void ReadType(ref Utf8JsonReader json)
        {
            json.Read();
            _type = Type.Unknown;
            if (json.TokenType is not JsonTokenType.String) { json.Skip(); }
            else if (json.ValueTextEquals("BUY"u8)) { _type = Type.Buy; }
            else if (json.ValueTextEquals("SELL"u8)) { _type = Type.Sell; }
            else if (json.ValueTextEquals("INVEST"u8)) { _type = Type.Invest; }
            else if (json.ValueTextEquals("FEED"u8)) { _type = Type.Feed; }
        }

        private string? Text(ref Utf8JsonReader json, string field)
        {
            json.Read();
            if (json.TokenType is JsonTokenType.String && JsonTexts.TryRead(ref json, out var text)) { return text; }
            Wrong(0, $"{field}: a text is needed.");
            json.Skip();
            return null;
        }

        private long? Whole(ref Utf8JsonReader json, string field)
        {
            json.Read();
            if (json.TokenType is JsonTokenType.Number && json.TryGetInt64(out var number)) { return number; }
            Wrong(0, $"{field}: a whole number from 1 is needed, without a fraction.");
            json.Skip();
            return null;
        }

        private void ReadInvested(ref Utf8JsonReader json)
        {
            json.Read();
            if (json.TokenType is JsonTokenType.Number && JsonTexts.TryReadCoins(ref json, out var coins)) { _invested = coins; }
            else { Wrong(0, "invested: a number of coins is needed, e.g. 2.5."); }
            json.Skip();
        }

        private void ReadTime(ref Utf8JsonReader json)
        {
            json.Read();
            if (json.TokenType is JsonTokenType.String && JsonTexts.TryRead(ref json, out var text) && Timestamp.TryRead(text, out var time)) { _time = time; }
            else if (json.TokenType is not JsonTokenType.Null) { Wrong(0, "time: an ISO-8601 time is needed, e.g. 2026-01-31T12:00:00.000Z."); }
            json.Skip();
        }
    }
}
