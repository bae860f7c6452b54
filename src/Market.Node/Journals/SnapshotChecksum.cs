using System.Buffers.Binary;
using Market.Actors.Journal;
using Market.Protocol.Wire;

namespace Market.Node.Journals;

/// <summary>CRC-32C of a snapshot with all that stands beside it: a snapshot that claims another stream or place is damaged too.</summary>
internal static class SnapshotChecksum
{
    /// <param name="stream">Names the stream within its store; the number it has there, or a hash of its name.</param>
    /// <param name="position">Of the last turn that the snapshot has seen, in a store that keeps one log; else 0.</param>
    public static uint Of(Snapshot snapshot, long stream, long position)
    {
        Span<byte> beside = stackalloc byte[3 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(beside, stream);
        BinaryPrimitives.WriteInt64LittleEndian(beside[8..], snapshot.NextSequence);
        BinaryPrimitives.WriteInt64LittleEndian(beside[16..], position);
        return Crc32C.Of(beside, snapshot.Bytes.Span);
    }
}
