using System.Numerics;
using System.Runtime.InteropServices;
using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Node.Journals.Sqlite;

/// <summary>
/// The embedded journal: one file, one owner, <c>synchronous=FULL</c>. Failure policy: an append that throws may have kept all or
/// nothing, so the file is opened anew and asked. A failed append leaves the journal ready for the next, which tries in earnest: when the disk
/// has room again, or may be written again, it goes on.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    private const string FileName = "journal.db";

    private readonly string _path;
    private readonly ILogger? _logger;
    private readonly SqliteMedium _medium;
    private readonly JournalLock? _lock;
    private readonly Dictionary<StreamId, (long Id, long Next)> _streams = [];

    /// <summary>Where the log stood at the snapshots that were read and found sound: no turn before that is wanted by who begins with one.</summary>
    private readonly Dictionary<(StreamId Stream, long From), long> _starts = [];

    private SqliteWriter? _writer;
    private SqliteDatabase? _database;

    private SqliteJournal(string folder, bool readOnly, ILogger? logger, SqliteMedium medium)
    {
        _medium = medium;
        _path = Path.Combine(folder, FileName);
        _logger = logger;
        _lock = readOnly ? null : new JournalLock(folder);
        try
        {
            if (!readOnly) { RequireSoundLog(); }
            OpenDatabase();
            if (!readOnly) { JournalSchema.RequireSound(_database!); }
        }
        catch
        {
            _database?.Dispose();
            _lock?.Dispose();
            throw;
        }
    }

    /// <summary>Owns the journal of a data folder, which is made when it is not there.</summary>
    /// <exception cref="JournalUnavailableException">In use by another process, or not to be written.</exception>
    /// <exception cref="JournalCorruptException">Not a journal, or a damaged one: <c>verify</c> says where.</exception>
    public static SqliteJournal Open(string folder, ILogger? logger = null) => new(folder, readOnly: false, logger, new SqliteMedium());

    internal static SqliteJournal Open(string folder, SqliteMedium medium) => new(folder, readOnly: false, null, medium);

    /// <summary>Reads a journal, also while its owner writes. Its <see cref="Append"/> and the like may not be called.</summary>
    /// <exception cref="JournalUnavailableException">There is none, or it cannot be read.</exception>
    public static SqliteJournal OpenReadOnly(string folder) => File.Exists(Path.Combine(folder, FileName))
        ? new SqliteJournal(folder, readOnly: true, null, new SqliteMedium())
        : throw new JournalUnavailableException($"There is no journal in {folder}: start a node with --data {folder}, or name another folder.");

    /// <summary>Looks at the file itself, beside the turns: how it is built, its log when nobody owns it, and each snapshot.</summary>
    /// <returns>What is damaged, and what is only cut off, in words; nothing of a sound file.</returns>
    public (IReadOnlyList<string> Damage, IReadOnlyList<string> CutOff) Examine()
    {
        var log = JournalLock.IsHeld(Path.GetDirectoryName(_path)!) ? default : WriteAheadLog.Examine(_path);
        List<string> damage = [.. JournalSchema.Damage(Database()), .. SnapshotDamage.Of(Database(), _streams.ToDictionary(stream => stream.Value.Id, stream => stream.Key))];
        if (log.Damage is { } lost) { damage.Insert(0, lost); }
        return (damage, log.Cut is { } cut ? [cut] : []);
    }

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        var writer = Writer();
        RequireNext(turns);
        try
        {
            writer.Begin(turns.Length);
            foreach (ref readonly var turn in turns)
            {
                ref var stream = ref Stream(writer, turn.Stream);
                writer.Insert(stream.Id, turn);
                stream.Next = turn.NextSequence;
            }
            writer.Commit();
        }
        catch (Exception failed)
        {
            Abandon(writer, failed); // whatever it was: nobody knows what is half done
            throw;
        }
    }

    public void Probe()
    {
        var writer = Writer();
        try
        {
            writer.Probe();
        }
        catch (Exception failed)
        {
            Abandon(writer, failed);
            throw;
        }
    }

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence)
    {
        var database = Database();
        var wanted = fromSequence.Where(from => _streams.ContainsKey(from.Key)).ToDictionary(from => _streams[from.Key].Id);
        using var statement = database.Prepare("SELECT stream, first_sequence, count, bytes FROM turns WHERE position > ? ORDER BY position", keep: false);
        statement.Bind(1, wanted.Values.Select(want => _starts.GetValueOrDefault((want.Key, want.Value))).DefaultIfEmpty(0).Min());
        var room = Array.Empty<byte>();
        while (statement.Step())
        {
            if (!wanted.TryGetValue(statement.Number(0), out var stream)) { continue; }
            var (first, count) = (statement.Number(1), (int)statement.Number(2));
            if (first + count <= stream.Value) { continue; }
            var length = Copy(statement.Bytes(3), ref room);
            yield return new JournaledTurn(stream.Key, first, count, room.AsMemory(0, length));
        }
    }

    public IReadOnlyList<StreamId> Streams() =>
        [.. _streams.Where(s => s.Value.Next > 1).Select(s => s.Key).OrderBy(s => s.Market.Value, StringComparer.Ordinal).ThenBy(s => s.Shard)];

    /// <exception cref="JournalCorruptException">The stream ends before what its snapshot has seen: turns are missing.</exception>
    public Snapshot? LatestSnapshot(StreamId stream)
    {
        if (!_streams.TryGetValue(stream, out var known)) { return null; }
        using var statement = Database().Prepare("SELECT next_sequence, position, checksum, bytes FROM snapshots WHERE stream = ?", keep: false);
        statement.Bind(1, known.Id);
        if (!statement.Step()) { return null; }
        var (snapshot, position) = (new Snapshot(stream, statement.Number(0), statement.Bytes(3).ToArray()), statement.Number(1));
        if (SnapshotChecksum.Of(snapshot, known.Id, position) == statement.Number(2))
        {
            if (snapshot.NextSequence > known.Next) { throw SqliteErrors.Damaged(_path, $"its snapshot of {stream} has seen event {snapshot.NextSequence - 1}, but its turns end before {known.Next}"); }
            _starts[(stream, snapshot.NextSequence)] = position;
            return snapshot;
        }
        _logger?.LogWarning("The snapshot of {Stream} is damaged; its journal is read from the start instead", stream);
        return null;
    }

    public void Save(IReadOnlyList<Snapshot> snapshots)
    {
        var writer = Writer();
        Invariant.Require(snapshots.All(s => _streams.TryGetValue(s.Stream, out var known) && s.NextSequence <= known.Next), "A snapshot is of what was journaled.");
        try
        {
            writer.Save(snapshots, stream => _streams[stream]);
        }
        catch (Exception failed)
        {
            Abandon(writer, failed);
            throw;
        }
    }

    public void Dispose()
    {
        _writer = null;
        _database?.Dispose();
        _database = null;
        _lock?.Dispose();
    }

    /// <summary>Before SQLite opens the file, because opening it to write drops what it cannot read.</summary>
    private void RequireSoundLog()
    {
        if (WriteAheadLog.Examine(_path).Damage is { } lost) { throw SqliteErrors.Damaged(_path, lost); }
    }

    private static void RequireNext(Dictionary<StreamId, (long Id, long Next)> streams, Dictionary<StreamId, long> seen, in JournaledTurn turn)
    {
        var expected = seen.TryGetValue(turn.Stream, out var next) ? next : streams.GetValueOrDefault(turn.Stream, (0, 1)).Next;
        if (turn.FirstSequence != expected)
        {
            throw new JournalConflictException(turn.Stream, $"{turn.Stream}: event {turn.FirstSequence} was offered where {expected} comes next; another owner wrote.");
        }
        seen[turn.Stream] = turn.NextSequence;
    }

    private void RequireNext(ReadOnlySpan<JournaledTurn> turns)
    {
        var seen = new Dictionary<StreamId, long>(turns.Length);
        foreach (ref readonly var turn in turns) { RequireNext(_streams, seen, turn); }
    }

    private ref (long Id, long Next) Stream(SqliteWriter writer, StreamId stream)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_streams, stream, out var exists);
        if (!exists) { known = (writer.AddStream(stream), 1); }
        return ref known;
    }

    private SqliteDatabase Database()
    {
        if (_database is null) { OpenDatabase(); }
        return _database!;
    }

    private SqliteWriter Writer()
    {
        Invariant.Require(_lock is not null, "Only the owner of a journal writes it.");
        Database();
        return _writer!;
    }

    private void OpenDatabase()
    {
        var readOnly = _lock is null;
        if (!readOnly) { _medium.RenewLog(_path + "-wal"); }
        var database = readOnly ? OpenToRead() : new SqliteDatabase(_path, SqliteAccess.Write, _medium.FileSystem);
        try
        {
            if (!readOnly) { JournalSchema.Prepare(database, _medium); }
            LoadStreams(database);
            _writer = readOnly ? null : new SqliteWriter(database);
            _database = database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>On a read-only disk SQLite cannot make its log, and without one there is none to read.</summary>
    private SqliteDatabase OpenToRead()
    {
        var database = new SqliteDatabase(_path, SqliteAccess.Read);
        try
        {
            JournalSchema.RequireOurs(database);
            return database;
        }
        catch (JournalUnavailableException) when (!File.Exists(_path + "-wal") || new FileInfo(_path + "-wal").Length == 0)
        {
            database.Dispose();
            database = new SqliteDatabase(_path, SqliteAccess.AsItLies);
            JournalSchema.RequireOurs(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Where each stream stands: its last turn, found from the end of the log. Every shard hears every tick, so none is far.</summary>
    private void LoadStreams(SqliteDatabase database)
    {
        _streams.Clear();
        JournalSchema.RequireSoundStreams(database);
        var byId = new Dictionary<long, StreamId>();
        using var streams = database.Prepare("SELECT id, market, shard FROM streams", keep: false);
        while (streams.Step())
        {
            if (!MarketId.TryRead(streams.Text(1), out var market)) { throw SqliteErrors.Damaged(_path, $"\"{streams.Text(1)}\" is no market"); }
            byId[streams.Number(0)] = new StreamId(market, (int)streams.Number(2));
        }
        using var turns = database.Prepare("SELECT stream, first_sequence + count FROM turns ORDER BY position DESC", keep: false);
        while (_streams.Count < byId.Count && turns.Step())
        {
            if (!byId.TryGetValue(turns.Number(0), out var stream)) { throw SqliteErrors.Damaged(_path, $"it has a turn of stream {turns.Number(0)}, which is none"); }
            _streams.TryAdd(stream, (turns.Number(0), turns.Number(1)));
        }
        foreach (var (id, stream) in byId) { _streams.TryAdd(stream, (id, 1)); }
    }

    /// <summary>Lets go of the connection: it may hold half a transaction, or have been opened when the disk was read-only, and stay so.</summary>
    private void Abandon(SqliteWriter writer, Exception failed)
    {
        _logger?.LogDebug(failed, "An append failed");
        writer.TryRollback();
        _writer = null;
        _database?.Dispose();
        _database = null;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, ref byte[] room)
    {
        if (room.Length < bytes.Length) { room = new byte[BitOperations.RoundUpToPowerOf2((uint)bytes.Length)]; }
        bytes.CopyTo(room);
        return bytes.Length;
    }
}
