using System.Buffers;
using System.Net.WebSockets;

namespace Market.Node.Doors.WebSockets;

/// <summary>Whole frames off a socket, bounded in size. The bytes of one are valid until the next is read.</summary>
public sealed class FrameReader(WebSocket socket, int maxBytes) : IDisposable
{
    private const int FirstBytes = 4_096;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private bool _isReceiving;

    /// <returns>A frame's bytes; null at the end of the connection.</returns>
    /// <exception cref="FrameTooLargeException">More than the bound.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancel)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length) { Grow(length); }
            _isReceiving = true;
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
            _isReceiving = false;
            if (part.MessageType is WebSocketMessageType.Close) { return null; }
            length += part.Count;
            if (length > maxBytes) { throw new FrameTooLargeException(); }
            if (part.EndOfMessage) { return _buffer.AsMemory(0, length); }
        }
    }

    /// <summary>A buffer that the socket may still write into is not given back: the next to rent it would read what this client sends.</summary>
    public void Dispose()
    {
        if (!_isReceiving) { ArrayPool<byte>.Shared.Return(_buffer); }
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

/// <summary>A client sent a larger frame than may be.</summary>
public sealed class FrameTooLargeException : Exception
{
    public FrameTooLargeException() { }

    public FrameTooLargeException(string message) : base(message) { }

    public FrameTooLargeException(string message, Exception inner) : base(message, inner) { }
}
