using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Market.Protocol.Wire;

/// <summary>Bytes that are not what was written. Says where.</summary>
public sealed class CorruptBytesException : Exception
{
    public CorruptBytesException(string message, int offset) : base($"{message} (at byte {offset})") => Offset = offset;

    public CorruptBytesException() { }

    public CorruptBytesException(string message) : base(message) { }

    public CorruptBytesException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The first byte that could not be read.</summary>
    public int Offset { get; }
}

/// <summary>Reads what <see cref="BytesWriter"/> wrote; never past the end.</summary>
public ref struct BytesReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Where the last bit of a 64-bit number stands, alone in its byte.</summary>
    private const int LastShift = 63;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Offset { get; private set; }

    public readonly bool AtEnd => Offset == _bytes.Length;

    /// <exception cref="CorruptBytesException">Fewer bytes are left; so for every method here.</exception>
    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _bytes.Length - Offset) { throw new CorruptBytesException($"{length} bytes were expected", Offset); }
        var taken = _bytes.Slice(Offset, length);
        Offset += length;
        return taken;
    }

    public byte Byte()
    {
        if (Offset == _bytes.Length) { throw new CorruptBytesException("A byte was expected", Offset); }
        return _bytes[Offset++];
    }

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw new CorruptBytesException("A flag is 0 or 1", Offset - 1),
    };

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift <= LastShift; shift += 7)
        {
            var part = Byte();
            if (shift == LastShift && part > 1) { break; }
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) { return value; }
        }
        throw new CorruptBytesException("A number is longer than 64 bits", Offset);
    }

    public long Signed()
    {
        var zigzag = Unsigned();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    /// <summary>A whole number from 0 to 2³¹−1.</summary>
    public int Count()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw new CorruptBytesException("A count is too large", Offset);
    }

    /// <summary>A count of things that have at least so many bytes each: never more than can follow, whoever wrote it.</summary>
    public int CountOf(int leastBytes)
    {
        var count = Count();
        return count <= (_bytes.Length - Offset) / leastBytes ? count : throw new CorruptBytesException("A count is larger than what follows", Offset);
    }

    /// <summary>One of the numbers of an enumeration of bytes.</summary>
    public T OneOf<T>() where T : struct, Enum
    {
        var number = Byte();
        var named = Unsafe.BitCast<byte, T>(number);
        return Enum.IsDefined(named) ? named : throw new CorruptBytesException($"No {typeof(T).Name} has number {number}", Offset - 1);
    }

    public double Double() => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(Take(8)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>A text of at most <paramref name="room"/>'s length, without making a string.</summary>
    /// <returns>Its length in UTF-16 code units.</returns>
    public int Text(scoped Span<char> room)
    {
        var utf8 = Take(Count());
        return Encoding.UTF8.TryGetChars(utf8, room, out var length)
            ? length
            : throw new CorruptBytesException("A text is longer than may be", Offset);
    }
}
