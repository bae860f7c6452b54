using System.Buffers.Binary;
using Market.Actors.Journal;
using Market.Protocol.Wire;

namespace Market.Actors.Simulation;

/// <summary>
/// A disk that keeps what was synced and, of what was only written, whatever it likes. One append is one frame of the file; after a crash
/// the frames of the unsynced tail are read again from the bytes that were kept, and the first that is not whole ends the file.
/// </summary>
internal sealed class Disk(Coverage coverage)
{
    /// <summary>In the message of every conflict.</summary>
    public const string Conflict = "was offered where";

    private const int FrameHeader = 8;

    private readonly List<JournaledTurn> _log = [];
    private readonly List<JournaledTurn[]> _unsynced = [];
    private readonly Dictionary<StreamId, long> _next = [];
    private readonly Dictionary<StreamId, Snapshot> _snapshots = [];

    /// <summary>Told of every append once it is on stable storage.</summary>
    public required Action<IReadOnlyList<JournaledTurn>> Synced { get; init; }

    /// <summary>All turns on stable storage, in order.</summary>
    public IReadOnlyList<JournaledTurn> Log => _log;

    public IEnumerable<StreamId> Streams => _next.Keys.OrderBy(s => s.Market.Value, StringComparer.Ordinal).ThenBy(s => s.Shard);

    public IReadOnlyDictionary<StreamId, Snapshot> Snapshots => _snapshots;

    /// <summary>Something was written that is not on stable storage.</summary>
    public bool HasUnsynced => _unsynced.Count > 0;

    /// <summary>Writes, without a sync.</summary>
    /// <exception cref="JournalConflictException">A turn is not the next of its stream.</exception>
    public void Write(ReadOnlySpan<JournaledTurn> turns)
    {
        var frame = new JournaledTurn[turns.Length];
        for (var i = 0; i < frame.Length; i++) { frame[i] = turns[i] with { Bytes = turns[i].Bytes.ToArray() }; }
        foreach (var turn in frame)
        {
            var expected = _next.GetValueOrDefault(turn.Stream, 1);
            if (turn.FirstSequence != expected) { throw new JournalConflictException(turn.Stream, $"{turn.Stream}: event {turn.FirstSequence} {Conflict} {expected} comes next."); }
        }
        foreach (var turn in frame) { _next[turn.Stream] = turn.NextSequence; }
        _unsynced.Add(frame);
    }

    public void Sync()
    {
        foreach (var frame in _unsynced) { Keep(frame); }
        _unsynced.Clear();
    }

    /// <summary>Every turn as a running program reads it: what was only written is read like the rest.</summary>
    public IEnumerable<JournaledTurn> Read() => _log.ToArray().Concat(_unsynced.SelectMany(frame => frame).ToArray());

    /// <summary>Never takes the place of a newer one.</summary>
    public void Save(Snapshot snapshot)
    {
        if (_snapshots.TryGetValue(snapshot.Stream, out var kept) && kept.NextSequence > snapshot.NextSequence) { return; }
        _snapshots[snapshot.Stream] = snapshot with { Bytes = snapshot.Bytes.ToArray() };
    }

    /// <summary>Some bytes of a snapshot's end never came to the disk.</summary>
    public void SaveTorn(Snapshot snapshot, Lots lots) =>
        _snapshots[snapshot.Stream] = snapshot with { Bytes = snapshot.Bytes[..lots.Next(snapshot.Bytes.Length)].ToArray() };

    /// <returns>Whether there was a snapshot to rot.</returns>
    public bool Rot(Lots lots)
    {
        if (_snapshots.Count == 0) { return false; }
        var stream = lots.Of(_snapshots.Keys.OrderBy(s => s.Market.Value, StringComparer.Ordinal).ThenBy(s => s.Shard).ToList());
        var bytes = _snapshots[stream].Bytes.ToArray();
        if (bytes.Length == 0) { return false; }
        bytes[lots.Next(bytes.Length)] ^= (byte)(1 << lots.Next(8));
        _snapshots[stream] = _snapshots[stream] with { Bytes = bytes };
        return true;
    }

    /// <summary>The machine dies: of the unsynced tail some bytes were kept, perhaps none, perhaps all, and the end of them perhaps spoilt.</summary>
    public void Crash(Lots lots)
    {
        if (_unsynced.Count == 0) { return; }
        var tail = new BytesWriter();
        foreach (var frame in _unsynced) { Write(tail, frame); }
        var kept = lots.Next(4) switch { 0 => 0, 1 => tail.Length, _ => lots.Next(tail.Length + 1) };
        var bytes = tail.Written[..kept].ToArray();
        if (kept > 0 && lots.OneIn(4)) { bytes[^lots.Next(1, Math.Min(kept, 64) + 1)] ^= 0x55; }
        var whole = 0;
        var at = 0;
        while (whole < _unsynced.Count && IsWhole(bytes.AsSpan(at), out var length))
        {
            Keep(_unsynced[whole++]);
            at += length;
        }
        coverage.See(Sight.UnsyncedTailKept, whole == _unsynced.Count);
        coverage.See(Sight.UnsyncedTailTorn, at < kept);
        coverage.See(Sight.UnsyncedTailLost, kept == 0);
        foreach (var lost in _unsynced.Skip(whole).SelectMany(frame => frame)) { _next[lost.Stream] = Math.Min(_next[lost.Stream], lost.FirstSequence); }
        _unsynced.Clear();
    }

    private void Keep(JournaledTurn[] frame)
    {
        _log.AddRange(frame);
        Synced(frame);
    }

    private static void Write(BytesWriter to, JournaledTurn[] frame)
    {
        var start = to.Length;
        to.Take(FrameHeader);
        foreach (var turn in frame) { turn.Bytes.Span.CopyTo(to.Take(turn.Bytes.Length)); }
        var body = to.Patch(start + FrameHeader, to.Length - start - FrameHeader);
        var checksum = Crc32C.Of(body);
        var header = to.Patch(start, FrameHeader);
        BinaryPrimitives.WriteInt32LittleEndian(header, to.Length - start);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], checksum);
    }

    private static bool IsWhole(ReadOnlySpan<byte> from, out int length)
    {
        length = 0;
        if (from.Length < FrameHeader) { return false; }
        length = BinaryPrimitives.ReadInt32LittleEndian(from);
        return length >= FrameHeader && length <= from.Length && Crc32C.Of(from[FrameHeader..length]) == BinaryPrimitives.ReadUInt32LittleEndian(from[4..]);
    }
}
