using System.Buffers.Binary;

namespace Market.Node.Journals.Sqlite;

/// <summary>What a write-ahead log that nobody owns looks like.</summary>
/// <param name="Damage">What shows that commits are lost; null when nothing does.</param>
/// <param name="Cut">What stands behind the last commit and is none; null when nothing does.</param>
internal readonly record struct LogState(string? Damage, string? Cut);

/// <summary>
/// SQLite reads its log up to the first frame that is not sound and takes what follows for an append that a crash cut off. A crash can cut off
/// only the last: each commit is on the disk before the next begins. So a commit at or behind a bad frame, with a frame that continues it, is proof
/// of damage. Frames alone are none: those of appends that failed or were cut off stand behind the end until they are written over, but nothing
/// was ever written to continue their commits.
/// <code>
/// header   32: magic, version, page size, checkpoint, two salts, two checksums
/// frame    24: page, size of the database in a commit and else 0, two salts, two checksums of all before; then the page
/// </code>
/// Numbers are big-endian. Damage of the very last commit cannot be told from a crash in the middle of it, and is said to be cut.
/// </summary>
internal sealed class WriteAheadLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const uint Magic = 0x377f0682;
    private const int ReadVersionOffset = 19;
    private const byte WalVersion = 2;

    private readonly byte[] _bytes;
    private readonly bool _bigEndianSums;
    private readonly int _frameLength;
    private readonly int _frames;
    private readonly (uint, uint) _salts;
    private (uint, uint) _sum;

    private WriteAheadLog(byte[] bytes)
    {
        _bytes = bytes;
        _bigEndianSums = (Number(0) & 1) == 1;
        _sum = Sum((0, 0), bytes.AsSpan(0, 24));
        _salts = (Number(16), Number(20));
        _frameLength = FrameHeaderLength + (int)Math.Min(Number(8), 65_536);
        _frames = (bytes.Length - HeaderLength) / _frameLength;
    }

    /// <summary>Looks at the log beside a database. Only while nobody writes it.</summary>
    public static LogState Examine(string database)
    {
        var path = database + "-wal";
        if (!File.Exists(path)) { return default; }
        var bytes = File.ReadAllBytes(path);
        var state = Examine(bytes, path, () => File.ReadAllBytes(database));
        return bytes.Length > HeaderLength && state.Damage is null && !IsWalDatabase(database)
            ? state with { Damage = $"{path} holds commits, but the header of {database} says that it has no log" }
            : state;
    }

    /// <param name="path">For what is said.</param>
    /// <param name="database">Reads the file beside the log; seldom needed.</param>
    public static LogState Examine(byte[] bytes, string path, Func<byte[]> database)
    {
        if (bytes.Length == 0) { return default; }
        if (bytes.Length < HeaderLength) { return new LogState(null, $"{path} has {bytes.Length} bytes, which are no log: an append was cut off, or the log was"); }
        var log = new WriteAheadLog(bytes);
        if (!log.HasHeader)
        {
            return bytes.Length > HeaderLength + FrameHeaderLength && !CheckpointedLog.IsInDatabase(bytes, database())
                ? new LogState($"the header of {path} is damaged: what was committed last cannot be read", null)
                : new LogState(null, $"{path} has no header: an append was cut off, or the log was");
        }
        var state = log.Walk(path);
        return state.Damage is not null && CheckpointedLog.IsInDatabase(bytes, database())
            ? new LogState(null, $"{path} is not sound, but the database holds all of it")
            : state;
    }

    private bool HasHeader => (Number(0) & ~1u) == Magic && _sum == (Number(24), Number(28));

    private LogState Walk(string path)
    {
        var (frame, committed) = (0, 0);
        for (; frame < _frames && IsNext(frame, _sum); frame++)
        {
            _sum = Stored(frame);
            if (IsCommit(frame)) { committed = frame + 1; }
        }
        if (frame < _frames && LaterCommit(frame) is { } later)
        {
            return new LogState($"frame {frame + 1} of {_frames} of {path} is damaged, and frame {later + 1} continues a commit behind it", null);
        }
        var behind = HeaderLength + (committed * _frameLength);
        return frame > committed || IsOfThisLog(behind)
            ? new LogState(null, $"behind its last commit, {path} has {_bytes.Length - behind} bytes that are none: an append was cut off, or the log was damaged there")
            : default;
    }

    /// <summary>The first frame that continues a commit at or behind the first bad frame; null when there is none.</summary>
    private int? LaterCommit(int bad)
    {
        for (var frame = bad + 1; frame < _frames; frame++)
        {
            var continues = IsNext(frame, Stored(frame - 1)) || (frame == bad + 1 && IsNext(frame, Made(bad)));
            if (continues && IsOfThisLog(At(frame - 1)) && IsCommit(frame - 1)) { return frame; }
        }
        return null;
    }

    private bool IsNext(int frame, (uint, uint) before) => HasSalts(At(frame)) && Stored(frame) == Sum(Sum(before, _bytes.AsSpan(At(frame), 8)), Page(frame));

    /// <summary>What the checksum of the first bad frame should be.</summary>
    private (uint, uint) Made(int frame) => Sum(Sum(_sum, _bytes.AsSpan(At(frame), 8)), Page(frame));

    private bool IsCommit(int frame) => Number(At(frame) + 4) != 0;

    private bool HasSalts(int at) => (Number(at + 8), Number(at + 12)) == _salts;

    /// <summary>Frames of the log's former rounds have other salts, both of them; a few bytes at the end have none.</summary>
    private bool IsOfThisLog(int at) =>
        at < _bytes.Length && (at + FrameHeaderLength > _bytes.Length || Number(at + 8) == _salts.Item1 || Number(at + 12) == _salts.Item2);

    private (uint, uint) Stored(int frame) => (Number(At(frame) + 16), Number(At(frame) + 20));

    private ReadOnlySpan<byte> Page(int frame) => _bytes.AsSpan(At(frame) + FrameHeaderLength, _frameLength - FrameHeaderLength);

    private int At(int frame) => HeaderLength + (frame * _frameLength);

    private uint Number(int at) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at));

    private (uint, uint) Sum((uint First, uint Second) sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            sum.First += Word(bytes) + sum.Second;
            sum.Second += Word(bytes[4..]) + sum.First;
        }
        return sum;
    }

    private uint Word(ReadOnlySpan<byte> bytes) => _bigEndianSums ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static bool IsWalDatabase(string database)
    {
        using var file = File.OpenHandle(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> version = stackalloc byte[1];
        return RandomAccess.Read(file, version, ReadVersionOffset) == 0 || version[0] == WalVersion;
    }
}
