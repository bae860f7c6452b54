using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Protocol.Wire.Json;

/// <summary>Writes the messages of <c>doors.md</c> as JSON values. Names, order and forms are public: change none, add what is useful.</summary>
public static class MessageWriter
{
    /// <summary>All of Unicode but what HTML could take for markup; no indentation, no check of what is written by this code.</summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        SkipValidation = true,
    };

    public static void Write(Utf8JsonWriter json, in Result result)
    {
        json.WriteStartObject();
        json.WriteString(Names.TxnId, result.TxnId);
        json.WriteString(Names.Type, TypeName(result.Type));
        json.WriteString(Names.Status, Names.Of(result.Status));
        json.WriteNumber(Names.Code, (int)result.Status);
        if (result.Status is Status.Duplicate) { json.WriteString(Names.First, Names.Of(result.First)); }
        if (result.Price is { } price) { Coins(json, Names.Price, price); }
        if (result.Amount is { } amount) { Coins(json, Names.Amount, amount); }
        if (result.State is { } state)
        {
            json.WritePropertyName(Names.State);
            Write(json, state);
        }
        if ((result.Message ?? result.Status.Explain()) is { } message) { json.WriteString(Names.Message, message); }
        if (result.RetryAfterMs is { } retry) { json.WriteNumber(Names.RetryAfterMs, retry); }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, in TraderState state)
    {
        json.WriteStartObject();
        WriteFields(json, state);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, MarketId market, in PriceTick tick)
    {
        json.WriteStartObject();
        json.WriteString(Names.Market, market.Value);
        json.WriteNumber(Names.Seq, tick.Seq);
        Time(json, tick.Time);
        Coins(json, Names.Coins, tick.Price);
        json.WriteNumber(Names.Forecast, tick.Forecast);
        json.WriteNumber(Names.Base, tick.Base);
        Coins(json, Names.Hype, tick.Hype);
        json.WriteBoolean(Names.Bursting, tick.Bursting);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Gibb gibb)
    {
        json.WriteStartObject();
        json.WriteString(Names.Id, gibb.Id);
        Time(json, gibb.Time);
        json.WriteString(Names.Author, gibb.Author);
        json.WriteString(Names.Text, gibb.Text);
        json.WriteString(Names.Source, gibb.Source);
        json.WriteNumber(Names.Points, gibb.Points);
        json.WriteBoolean(Names.Counted, gibb.Counted);
        if (ReasonName(gibb.Reason) is { } reason) { json.WriteString(Names.Reason, reason); }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Board board)
    {
        json.WriteStartObject();
        json.WriteString(Names.Market, board.Market.Value);
        Time(json, board.Time);
        json.WriteNumber(Names.Seq, board.Seq);
        json.WriteBoolean(Names.Final, board.Final);
        json.WriteStartArray(Names.Teams);
        foreach (var team in board.Teams) { Write(json, team); }
        json.WriteEndArray();
        json.WriteStartArray(Names.Traders);
        foreach (var trader in board.Traders) { Write(json, trader); }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes an amount of coins with at most six decimals.</summary>
    public static void Coins(Utf8JsonWriter json, JsonEncodedText name, Coins coins)
    {
        Span<byte> text = stackalloc byte[CoinsText.MaxLength];
        json.WritePropertyName(name);
        json.WriteRawValue(text[..CoinsText.Write(coins, text)], skipInputValidation: true);
    }

    private static void Write(Utf8JsonWriter json, TeamRow team)
    {
        json.WriteStartObject();
        json.WriteNumber(Names.Rank, team.Rank);
        json.WriteString(Names.Team, team.Team);
        json.WriteNumber(Names.Score, team.Score);
        json.WriteNumber(Names.FedMonkeys, team.FedMonkeys);
        json.WriteNumber(Names.Bailouts, team.Bailouts);
        json.WriteNumber(Names.Traders, team.Traders);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in TraderRow row)
    {
        json.WriteStartObject();
        json.WriteNumber(Names.Rank, row.Rank);
        json.WriteString(Names.Team, row.Trader.Team);
        json.WriteString(Names.Name, row.Trader.Name);
        WriteFields(json, row.State);
        json.WriteEndObject();
    }

    /// <summary>The fields of a state, into an object that has others too.</summary>
    public static void WriteFields(Utf8JsonWriter json, in TraderState state)
    {
        Time(json, state.Time);
        Coins(json, Names.Coins, state.Coins);
        json.WriteNumber(Names.Shares, state.Shares);
        json.WriteNumber(Names.Bailouts, state.Bailouts);
        json.WriteNumber(Names.FedMonkeys, state.FedMonkeys);
        json.WriteNumber(Names.InFlightInvestments, state.InFlightInvestments);
        json.WriteNumber(Names.Score, state.Score);
    }

    private static void Time(Utf8JsonWriter json, Timestamp time)
    {
        Span<byte> text = stackalloc byte[Timestamp.TextLength];
        json.WriteString(Names.Time, text[..time.Write(text)]);
    }

    /// <summary>The name of a result's type on every wire.</summary>
    public static string TypeName(ResultType type) => type switch
    {
        ResultType.Market => "MARKET",
        ResultType.Invest => "INVEST",
        ResultType.Feed => "FEED",
        ResultType.Return => "RETURN",
        ResultType.Bailout => "BAILOUT",
        _ => throw new InvariantBrokenException($"No result has type {(byte)type}."),
    };

    private static string? ReasonName(NotCounted reason) => reason switch
    {
        NotCounted.None => null,
        NotCounted.OffTopic => "OFF_TOPIC",
        NotCounted.TooMany => "TOO_MANY",
        NotCounted.Repeated => "REPEATED",
        NotCounted.MarketClosed => "MARKET_CLOSED",
        _ => throw new InvariantBrokenException($"No reason has number {(byte)reason}."),
    };
}
