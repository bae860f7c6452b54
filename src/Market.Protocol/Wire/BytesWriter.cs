using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Market.Protocol.Wire;

/// <summary>
/// A growing buffer for our binary forms. Whole numbers are LEB128 varints, signed ones zigzag first; doubles are their 64 bits,
/// little-endian; texts are their length in UTF-8 bytes and those bytes. Reused: <see cref="Clear"/> keeps the memory.
/// </summary>
public sealed class BytesWriter(int capacity = 4096)
{
    private const int MaxVarintLength = 10;
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>The bytes from <paramref name="start"/> on, to fill in what was not known when they were written.</summary>
    public Span<byte> Patch(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>Room for <paramref name="length"/> bytes, counted as written.</summary>
    public Span<byte> Take(int length)
    {
        Reserve(length);
        var taken = _bytes.AsSpan(Length, length);
        Length += length;
        return taken;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Unsigned(ulong value)
    {
        Reserve(MaxVarintLength);
        var bytes = _bytes;
        var at = Length;
        while (value >= 0x80)
        {
            bytes[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        bytes[at++] = (byte)value;
        Length = at;
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Double(double value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), BitConverter.DoubleToInt64Bits(value));

    public void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Text(ReadOnlySpan<char> text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        Reserve(longest + MaxVarintLength);
        if (longest < 0x80)
        {
            var length = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length + 1));
            _bytes[Length] = (byte)length;
            Length += 1 + length;
            return;
        }
        Unsigned((ulong)Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <exception cref="OverflowException">More than an array holds, 2 GiB.</exception>
    private void Reserve(int length)
    {
        var needed = checked(Length + length);
        if (needed <= _bytes.Length) { return; }
        Array.Resize(ref _bytes, (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)needed), (uint)Array.MaxLength));
    }
}
