using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Market.Node.Load;

/// <summary>One answer among received bytes.</summary>
/// <param name="length">Bytes it takes, with all that is around it.</param>
public readonly ref struct Answer(int length, ReadOnlySpan<byte> body, bool isPing = false)
{
    public int Length { get; } = length;

    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>No answer: to be sent back as a pong.</summary>
    public bool IsPing { get; } = isPing;
}

/// <summary>Where one answer ends and the next begins.</summary>
public interface IAnswers
{
    /// <returns>False when the first is not all there yet.</returns>
    /// <exception cref="LoadFailedException">The node ends the conversation, or this is none.</exception>
    bool TryRead(ReadOnlySpan<byte> bytes, out Answer answer);
}

/// <summary>Frames of a WebSocket, each whole in itself, as nodes send them.</summary>
public sealed class SocketAnswers : IAnswers
{
    private const int Text = 1;
    private const int Close = 8;
    private const int Ping = 9;

    public bool TryRead(ReadOnlySpan<byte> bytes, out Answer answer)
    {
        answer = default;
        if (bytes.Length < 2) { return false; }
        var length = bytes[1] & 0x7F;
        var head = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < head) { return false; }
        if (head == 4) { length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]); }
        else if (head == 10) { length = checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..])); }
        if (bytes.Length < head + length) { return false; }
        var body = bytes.Slice(head, length);
        var kind = bytes[0] & 0x0F;
        if (kind == Close) { throw new LoadFailedException($"The node closed the connection: {Why(body)}"); }
        answer = new Answer(head + length, body, kind == Ping);
        return kind is Text or Ping ? true : throw new LoadFailedException("What answers there does not speak as a market's node.");
    }

    private static string Why(ReadOnlySpan<byte> body) =>
        body.Length < 2 ? "it gave no reason." : $"{BinaryPrimitives.ReadUInt16BigEndian(body)} {Encoding.UTF8.GetString(body[2..])}";
}

/// <summary>Answers of HTTP/1.1, with their length in front or in chunks.</summary>
public sealed class HttpAnswers : IAnswers
{
    public bool TryRead(ReadOnlySpan<byte> bytes, out Answer answer)
    {
        answer = default;
        var head = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (head < 4) { return false; }
        if (Header(bytes[..head], "content-length: "u8) is { } length)
        {
            if (bytes.Length < head + length) { return false; }
            answer = new Answer(head + length, bytes.Slice(head, length));
            return true;
        }
        var end = bytes[head..].StartsWith("0\r\n\r\n"u8) ? 0 : bytes[head..].IndexOf("\r\n0\r\n\r\n"u8) + 2; // 1 for: not there
        if (end == 1) { return false; }
        answer = new Answer(head + end + 5, bytes.Slice(head, end));
        return true;
    }

    private static int? Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is > 0 and var end)
        {
            var line = head[..end];
            head = head[(end + 2)..];
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name) && Utf8Parser.TryParse(line[name.Length..], out int value, out _)) { return value; }
        }
        return null;
    }
}

/// <summary>A node cannot be loaded, or not any more. The message says why and never holds a token.</summary>
public sealed class LoadFailedException : Exception
{
    public LoadFailedException() { }

    public LoadFailedException(string message) : base(message) { }

    public LoadFailedException(string message, Exception inner) : base(message, inner) { }
}
