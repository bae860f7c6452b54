using System.Buffers.Binary;
using System.Numerics;

namespace Market.Protocol.Wire;

/// <summary>CRC-32C (Castagnoli, RFC 3720 §12.1), in the machine's own instruction where it has one. Finds any burst of up to 32 bits.</summary>
public static class Crc32C
{
    /// <summary>Of one run of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Go(uint.MaxValue, bytes);

    /// <summary>Of two runs, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Go(Go(uint.MaxValue, first), second);

    private static uint Go(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (var one in bytes) { crc = BitOperations.Crc32C(crc, one); }
        return crc;
    }
}
