using System.Buffers.Binary;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Journal;

/// <summary>
/// The bytes of one turn. Failure policy: a byte that changed, a turn that is missing, doubled or out of order is found by the
/// checksum or by the chain of checksums, and is an error with its place; nothing is ever skipped.
/// <code>
/// offset length
///      0      1  format version, 1
///      1      1  zero
///      2      2  shard
///      4      4  CRC-32C of all other bytes of the turn
///      8      4  CRC-32C field of the stream's turn before, 0 for the first: the chain
///     12      4  count of events
///     16      8  sequence number of the first event
///     24      8  time, ms since 1970 UTC: the one time of all these events
///     32      …  events, one after the other (EventWriter)
/// </code>
/// Numbers in the header are little-endian.
/// </summary>
public static class TurnFormat
{
    public const int HeaderLength = 32;
    private const byte Version = 1;

    /// <summary>Writes the header into the first bytes of a turn whose events follow.</summary>
    /// <returns>Its checksum, which the next turn of the stream must name.</returns>
    public static uint Seal(Span<byte> turn, in TurnHeader header)
    {
        turn[0] = Version;
        turn[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(turn[2..], (ushort)header.Shard);
        BinaryPrimitives.WriteUInt32LittleEndian(turn[8..], header.Before);
        BinaryPrimitives.WriteInt32LittleEndian(turn[12..], header.Count);
        BinaryPrimitives.WriteInt64LittleEndian(turn[16..], header.FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(turn[24..], header.Time.UnixMs);
        var checksum = Checksum(turn);
        BinaryPrimitives.WriteUInt32LittleEndian(turn[4..], checksum);
        return checksum;
    }

    /// <summary>Reads and checks the header; the events are the bytes after it.</summary>
    /// <exception cref="JournalCorruptException">The bytes are no sound turn.</exception>
    public static TurnHeader Open(ReadOnlySpan<byte> turn)
    {
        if (turn.Length < HeaderLength) { throw new JournalCorruptException($"A turn has {turn.Length} bytes; its header alone has {HeaderLength}."); }
        if (turn[0] != Version || turn[1] != 0) { throw new JournalCorruptException($"A turn has format {turn[0]}.{turn[1]}; this program reads {Version}.0."); }
        var kept = BinaryPrimitives.ReadUInt32LittleEndian(turn[4..]);
        var found = Checksum(turn);
        if (kept != found) { throw new JournalCorruptException($"A turn's checksum is {found:x8}, but {kept:x8} was kept."); }
        return new TurnHeader(
            BinaryPrimitives.ReadUInt16LittleEndian(turn[2..]),
            BinaryPrimitives.ReadInt64LittleEndian(turn[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(turn[12..]),
            new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(turn[24..])),
            BinaryPrimitives.ReadUInt32LittleEndian(turn[8..]),
            kept);
    }

    /// <summary>Of a turn without its checksum field.</summary>
    private static uint Checksum(ReadOnlySpan<byte> turn) => Crc32C.Of(turn[..4], turn[8..]);
}

/// <summary>What a turn's first bytes say.</summary>
/// <param name="Before">Checksum of the stream's turn before; 0 for the first.</param>
/// <param name="Checksum">Its own; ignored when sealing.</param>
public readonly record struct TurnHeader(int Shard, long FirstSequence, int Count, Timestamp Time, uint Before, uint Checksum);
