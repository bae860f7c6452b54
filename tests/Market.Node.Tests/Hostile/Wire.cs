using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Market.Node.Tests.Hostile;

/// <summary>A TCP connection of our own, with a deadline on everything: a node that does not answer in time hangs.</summary>
internal sealed class Wire : IDisposable
{
    /// <summary>How long the node may take; generous, because the machine is shared.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _at;
    private int _end;

    public static async Task<Wire> ConnectAsync(Uri node)
    {
        var wire = new Wire();
        await wire._socket.ConnectAsync(IPAddress.Loopback, node.Port).WaitAsync(Deadline);
        return wire;
    }

    /// <returns>False when the node has closed: it need not read on what it has refused.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) { bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None).AsTask().WaitAsync(Deadline)..]; }
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <returns>-1 at the end of the connection.</returns>
    public async ValueTask<int> ByteAsync()
    {
        if (_at == _end && !await FillAsync()) { return -1; }
        return _buffer[_at++];
    }

    /// <returns>Null when the connection ends before.</returns>
    public async ValueTask<byte[]?> BytesAsync(long count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            if (_at == _end && !await FillAsync()) { return null; }
            var take = Math.Min(_end - _at, (int)count - have);
            _buffer.AsSpan(_at, take).CopyTo(bytes.AsSpan(have));
            (_at, have) = (_at + take, have + take);
        }
        return bytes;
    }

    /// <returns>A line without its end; null when the connection ends before.</returns>
    public async ValueTask<string?> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var next = await ByteAsync();
            if (next < 0) { return null; }
            if (next == '\n') { return line.ToString().TrimEnd('\r'); }
            line.Append((char)next);
        }
    }

    /// <returns>Null when the connection ends without an answer.</returns>
    public async Task<HttpAnswer?> AnswerAsync(bool isHead)
    {
        if (await LineAsync() is not { } first) { return null; }
        if (!first.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) { return new HttpAnswer(0, "", first, false); }
        var status = int.Parse(first.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync() is { Length: > 0 } line) { headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(); }
        if (status == 100) { return await AnswerAsync(isHead); }
        var type = headers.GetValueOrDefault("Content-Type", "");
        var goesOn = status != 101 && !headers.GetValueOrDefault("Connection", "").Contains("close", StringComparison.OrdinalIgnoreCase);
        if (isHead || status is 101 or 204 or 304 || type.StartsWith("text/event-stream", StringComparison.Ordinal)) { return new HttpAnswer(status, type, "", goesOn && isHead); }
        var body = headers.GetValueOrDefault("Transfer-Encoding", "") is "chunked"
            ? await ChunksAsync()
            : await BytesAsync(long.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture));
        return body is null ? null : new HttpAnswer(status, type, Encoding.UTF8.GetString(body), goesOn);
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<byte[]?> ChunksAsync()
    {
        using var whole = new MemoryStream();
        while (await LineAsync() is { } size)
        {
            var length = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (await BytesAsync(length + 2) is not { } chunk) { return null; }
            whole.Write(chunk, 0, length);
            if (length == 0) { return whole.ToArray(); }
        }
        return null;
    }

    private async ValueTask<bool> FillAsync()
    {
        try
        {
            (_at, _end) = (0, await _socket.ReceiveAsync(_buffer, SocketFlags.None).WaitAsync(Deadline));
        }
        catch (SocketException)
        {
            _end = 0;
        }
        return _end > 0;
    }
}

/// <summary>What the HTTP door said; status 0 for what is no HTTP.</summary>
internal sealed record HttpAnswer(int Status, string Type, string Body, bool GoesOn);
