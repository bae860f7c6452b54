using System.Numerics;
using Market.Actors.Journal;

namespace Market.Node.Journals;

/// <summary>CRC-32C of a snapshot with all that stands beside it: a snapshot that claims another stream or place is damaged too.</summary>
internal static class SnapshotChecksum
{
    /// <param name="stream">Names the stream within its store; the number it has there, or a hash of its name.</param>
    /// <param name="position">Of the last turn that the snapshot has seen, in a store that keeps one log; else 0.</param>
    public static uint Of(Snapshot snapshot, long stream, long position)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)stream);
        crc = BitOperations.Crc32C(crc, (ulong)snapshot.NextSequence);
        crc = BitOperations.Crc32C(crc, (ulong)position);
        foreach (var one in snapshot.Bytes.Span) { crc = BitOperations.Crc32C(crc, one); }
        return ~crc;
    }
}
