using System.Buffers.Binary;
using System.Text.Unicode;

namespace Market.Node.Tests.Hostile;

/// <summary>What the node owes for the bytes sent over a WebSocket.</summary>
internal enum Owed
{
    /// <summary>A problem or a result, or a close for what cannot even be read.</summary>
    Answer,

    /// <summary>
    /// A close: the bytes are no WebSocket's. The server says so and cuts the connection in one breath, so that its word may be lost on the way.
    /// </summary>
    Close,

    /// <summary>A problem, or a close: the text is no UTF-8, which the server overlooks where the last piece of a message is empty.</summary>
    Refusal,

    /// <summary>The end of the connection, with or without a word.</summary>
    End,

    /// <summary>Nothing: it cannot know that no more is to come.</summary>
    Nothing,
}

internal sealed record SocketInput(byte[] Bytes, Owed Owed);

/// <summary>WebSocket frames, right and wrong ones.</summary>
internal static class HostileFrames
{
    private const int Text = 1;
    private const int Binary = 2;
    private const int Close = 8;
    private const int Ping = 9;
    private const int Pong = 10;
    private const int Final = 0x80;

    /// <summary>JSON in a frame, or in pieces with others between.</summary>
    public static SocketInput Message(Dice dice, byte[] json) => dice.Below(4) switch
    {
        0 => new SocketInput(Frame(dice, Final | Binary, json), Owed.Answer),
        1 => new SocketInput(Fragmented(dice, json), OwedForText(json)),
        2 => new SocketInput([.. Frame(dice, Final | dice.Of([Ping, Pong]), dice.Bytes(dice.Below(126))), .. Frame(dice, Final | Text, json)], OwedForText(json)),
        _ => new SocketInput(Frame(dice, Final | Text, json), OwedForText(json)),
    };

    /// <summary>What no client may send.</summary>
    public static SocketInput Violation(Dice dice)
    {
        var json = "{\"txnId\":\"v\",\"type\":\"BUY\",\"shares\":1}"u8.ToArray();
        return dice.Below(16) switch
        {
            0 => new SocketInput(Frame(dice, Final | Text, json, masked: false), Owed.Close),
            1 => new SocketInput(Frame(dice, Final | dice.Of([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), json), Owed.Close),
            2 => new SocketInput(Frame(dice, Final | Text | dice.Of([0x10, 0x20, 0x40, 0x70]), json), Owed.Close),
            3 => new SocketInput(Frame(dice, Final | dice.Of([Ping, Pong, Close]), new byte[126 + dice.Below(1_000)]), Owed.Close),
            4 => new SocketInput(Frame(dice, dice.Of([Ping, Pong, Close]), json), Owed.Close),
            5 => new SocketInput(Frame(dice, Final, json), Owed.Close), // a continuation of nothing
            6 => new SocketInput([.. Frame(dice, Text, json[..5]), .. Frame(dice, Final | Text, json)], Owed.Close),
            7 => new SocketInput(Frame(dice, Final | Text, [.. "{\"txnId\":\""u8, .. dice.Of<byte[]>([[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]]), .. "\"}"u8]), Owed.Close),
            8 => new SocketInput([Final | Binary, 0xFF, 0xFF, .. dice.Bytes(20)], Owed.Close), // a length of more than 63 bits
            9 => new SocketInput(Frame(dice, Final | Close, dice.Of<byte[]>([[3], [0, 0], [0x03, 0xEC], [0x03, 0xED], [0xFF, 0xFF], [0x03, 0xE8, 0xFF, 0xFE]])), Owed.End),
            10 => new SocketInput(Frame(dice, Final | Close, dice.Of<byte[]>([[], [0x03, 0xE8], [0x0F, 0xA0, (byte)'x']])), Owed.End),
            11 => new SocketInput(Frame(dice, Final | dice.Of([Text, Binary]), new byte[dice.OneIn(4) ? 262_145 : 64]), Owed.Answer),
            12 or 13 => Half(dice, json),
            14 => new SocketInput([.. Frame(dice, Text, json), .. Frame(dice, 0, [])], Owed.Nothing),
            _ => new SocketInput(dice.Bytes(2 + dice.Below(100)), Owed.Nothing),
        };
    }

    public static byte[] Frame(Dice dice, int first, byte[] payload, bool masked = true)
    {
        var maskBit = masked ? 0x80 : 0;
        var head = new byte[10];
        head[0] = (byte)first;
        var size = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        head[1] = (byte)(maskBit | (size switch { 2 => payload.Length, 4 => 126, _ => 127 }));
        if (size == 4) { BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)payload.Length); }
        if (size == 10) { BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), (ulong)payload.Length); }
        if (!masked) { return [.. head[..size], .. payload]; }
        var mask = dice.Bytes(4);
        return [.. head[..size], .. mask, .. payload.Select((one, at) => (byte)(one ^ mask[at % 4]))];
    }

    private static Owed OwedForText(byte[] text) => Utf8.IsValid(text) ? Owed.Answer : Owed.Refusal;

    private static byte[] Fragmented(Dice dice, byte[] json)
    {
        var pieces = new List<byte>();
        var at = 0;
        for (var left = 1 + dice.Below(5); left > 0; left--)
        {
            var take = dice.Below(json.Length - at + 1);
            pieces.AddRange(Frame(dice, at == 0 && pieces.Count == 0 ? Text : 0, json[at..(at + take)]));
            if (dice.OneIn(3)) { pieces.AddRange(Frame(dice, Final | Ping, [])); }
            at += take;
        }
        pieces.AddRange(Frame(dice, Final, json[at..]));
        return [.. pieces];
    }

    /// <summary>The client goes away in the middle of a frame.</summary>
    private static SocketInput Half(Dice dice, byte[] json)
    {
        var whole = Frame(dice, Final | Text, dice.OneIn(2) ? json : new byte[70_000]);
        return new SocketInput(whole[..(1 + dice.Below(whole.Length - 1))], Owed.Nothing);
    }
}
