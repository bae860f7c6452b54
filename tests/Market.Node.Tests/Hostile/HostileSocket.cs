using System.Buffers.Binary;
using System.Text;

namespace Market.Node.Tests.Hostile;

/// <summary>What came over a WebSocket: a message, a close, or the end without a close.</summary>
/// <param name="Key">Of the message, its only key.</param>
/// <param name="Closed">The close's number; 1005 when it gave none; null when this is no close.</param>
internal sealed record SocketAnswer(string Key, string Text, int? Closed)
{
    public static readonly SocketAnswer End = new("", "", null);
}

/// <summary>A WebSocket by hand, so that anything at all can be sent over it.</summary>
internal sealed class HostileSocket(Wire wire) : IDisposable
{
    private const string Upgrade = "GET /ws/markets/banana HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    public static async Task<HostileSocket> OpenAsync(Uri node)
    {
        var wire = await Wire.ConnectAsync(node);
        await wire.TrySendAsync(Encoding.ASCII.GetBytes(Upgrade));
        var answer = await wire.AnswerAsync(isHead: false);
        answer?.Status.ShouldBe(101);
        return new HostileSocket(wire);
    }

    public Task<bool> TrySendAsync(byte[] bytes) => wire.TrySendAsync(bytes);

    /// <summary>The next message or close; pings and pongs go by.</summary>
    public async Task<SocketAnswer> NextAsync()
    {
        while (true)
        {
            if (await wire.BytesAsync(2) is not { } head) { return SocketAnswer.End; }
            if (await LengthAsync(head[1] & 0x7F) is not { } length || await wire.BytesAsync(length) is not { } payload) { return SocketAnswer.End; }
            switch (head[0] & 0x0F)
            {
                case 1:
                    var text = Encoding.UTF8.GetString(payload);
                    return new SocketAnswer(text.Split('"', 3)[1], text, null);
                case 8:
                    return new SocketAnswer("", "", payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload));
            }
        }
    }

    public void Dispose() => wire.Dispose();

    private async ValueTask<long?> LengthAsync(int told) => told switch
    {
        126 => await wire.BytesAsync(2) is { } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : null,
        127 => await wire.BytesAsync(8) is { } eight ? BinaryPrimitives.ReadInt64BigEndian(eight) : null,
        _ => told,
    };
}
