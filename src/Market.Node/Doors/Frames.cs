using System.Buffers;
using System.Text.Json;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors;

/// <summary>JSON of one message: alone, as streams send it, or under its one key, as sockets do.</summary>
public static class Frames
{
    public static byte[] PriceAlone(MarketId market, PriceTick tick) => Json(json => MessageWriter.Write(json, market, tick));

    public static byte[] GibbAlone(Gibb gibb) => Json(json => MessageWriter.Write(json, gibb));

    public static byte[] BoardAlone(Board board) => Json(json => MessageWriter.Write(json, board));

    public static byte[] MarketAlone(MarketId market, MarketStatus status) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", market.Value);
        json.WriteString("status", Name(status));
        json.WriteEndObject();
    });

    /// <summary>A message under its key.</summary>
    public static byte[] Keyed(string key, byte[] alone) => Frame(key, json => json.WriteRawValue(alone, skipInputValidation: true));

    /// <summary>A market's status on every wire.</summary>
    public static string Name(MarketStatus status) => status switch
    {
        MarketStatus.Open => "open",
        MarketStatus.Running => "running",
        MarketStatus.Paused => "paused",
        MarketStatus.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    public static byte[] Frame(string key, Action<Utf8JsonWriter> value) => Json(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName(key);
        value(json);
        json.WriteEndObject();
    });

    private static byte[] Json(Action<Utf8JsonWriter> value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, MessageWriter.Options)) { value(json); }
        return bytes.WrittenSpan.ToArray();
    }
}
