using System.Buffers.Text;
using System.Text;
using Market.Protocol.Values;

namespace Market.Protocol.Wire.Original;

/// <summary>
/// One JSON object as the original's library laid it out, to the byte: LF, two spaces a level, a space on both sides of the colon, floats with a
/// fraction, characters beyond the BMP as two escapes. Grows as it is written.
/// </summary>
public sealed class PrettyJson
{
    private const int LongestNumber = 32;

    private byte[] _bytes = new byte[256];
    private int _length;
    private int _depth;
    private bool _isFirst = true;

    /// <summary>Begins the object.</summary>
    public PrettyJson() => Open();

    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        Name(name);
        if (value is null) { Add("null"u8); }
        else { Quoted(value); }
    }

    public void Whole(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Room(LongestNumber);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>A float; what JSON has no number for is a text, as the original had it.</summary>
    public void Float(ReadOnlySpan<byte> name, double value)
    {
        if (!double.IsFinite(value))
        {
            Text(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            return;
        }
        Name(name);
        Room(JavaDouble.MaxLength);
        _length += JavaDouble.Write(value, _bytes.AsSpan(_length));
    }

    public void Time(ReadOnlySpan<byte> name, Timestamp time)
    {
        Name(name);
        Room(Timestamp.TextLength + 2);
        _bytes[_length++] = (byte)'"';
        _length += time.Write(_bytes.AsSpan(_length));
        _bytes[_length++] = (byte)'"';
    }

    /// <summary>Begins an object within; <see cref="Close"/> ends it.</summary>
    public void Object(ReadOnlySpan<byte> name)
    {
        Name(name);
        Open();
    }

    public void Close()
    {
        _depth--;
        if (!_isFirst) { NewLine(); }
        else { Add(" "u8); }
        Add("}"u8);
        _isFirst = false;
    }

    /// <summary>Ends the object.</summary>
    public byte[] ToBytes()
    {
        Close();
        return _bytes[.._length];
    }

    private void Open()
    {
        Add("{"u8);
        _depth++;
        _isFirst = true;
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        if (!_isFirst) { Add(","u8); }
        _isFirst = false;
        NewLine();
        Add("\""u8);
        Add(name);
        Add("\" : "u8);
    }

    private void NewLine()
    {
        Add("\n"u8);
        for (var level = 0; level < _depth; level++) { Add("  "u8); }
    }

    private void Quoted(string value)
    {
        Add("\""u8);
        foreach (var letter in value)
        {
            if (Escape(letter) is { } escaped) { Add(Encoding.UTF8.GetBytes(escaped)); }
            else { Add(letter); }
        }
        Add("\""u8);
    }

    private static string? Escape(char letter) => letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when letter < ' ' || char.IsSurrogate(letter) => $"\\u{(int)letter:X4}",
        _ => null,
    };

    private void Add(char letter)
    {
        Room(3);
        _length += Encoding.UTF8.GetBytes([letter], _bytes.AsSpan(_length));
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Room(int more)
    {
        if (_length + more > _bytes.Length) { System.Array.Resize(ref _bytes, Math.Max(_length + more, _bytes.Length * 2)); }
    }
}
