using System.Buffers;
using System.Text.Json;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors;

/// <summary>JSON of one message with its one key, as streams and sockets send it.</summary>
public static class Frames
{
    public static byte[] Price(MarketId market, PriceTick tick) => Frame("price", json => MessageWriter.Write(json, market, tick));

    public static byte[] Gibb(Gibb gibb) => Frame("gibb", json => MessageWriter.Write(json, gibb));

    public static byte[] Board(Board board) => Frame("board", json => MessageWriter.Write(json, board));

    /// <summary>The frame that says how a market stands.</summary>
    public static byte[] Market(MarketId market, MarketStatus status) => Frame("market", json =>
    {
        json.WriteStartObject();
        json.WriteString("id", market.Value);
        json.WriteString("status", Name(status));
        json.WriteEndObject();
    });

    /// <summary>A market's status on every wire.</summary>
    public static string Name(MarketStatus status) => status switch
    {
        MarketStatus.Open => "open",
        MarketStatus.Running => "running",
        MarketStatus.Paused => "paused",
        MarketStatus.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    public static byte[] Frame(string key, Action<Utf8JsonWriter> value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, MessageWriter.Options))
        {
            json.WriteStartObject();
            json.WritePropertyName(key);
            value(json);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
