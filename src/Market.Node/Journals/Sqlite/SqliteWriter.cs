using Market.Actors.Journal;

namespace Market.Node.Journals.Sqlite;

/// <summary>The statements that change a journal, prepared once.</summary>
internal sealed class SqliteWriter(SqliteDatabase database)
{
    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");
    private readonly SqliteStatement _rollback = database.Prepare("ROLLBACK");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO turns(stream, first_sequence, count, bytes) VALUES(?, ?, ?, ?)");
    private readonly SqliteStatement _addStream = database.Prepare("INSERT INTO streams(market, shard) VALUES(?, ?) RETURNING id");
    private readonly SqliteStatement _probe = database.Prepare("INSERT INTO probes(id, at) VALUES(1, 1) ON CONFLICT(id) DO UPDATE SET at = at + 1");
    private readonly SqliteStatement _save = database.Prepare("INSERT OR REPLACE INTO snapshots(stream, next_sequence, position, checksum, bytes) VALUES(?, ?, ?, ?, ?)");

    public void Begin(int turns)
    {
        if (turns > 0) { _begin.Run(); }
    }

    public void Insert(long stream, in JournaledTurn turn)
    {
        _insert.Bind(1, stream);
        _insert.Bind(2, turn.FirstSequence);
        _insert.Bind(3, turn.Count);
        _insert.Bind(4, turn.Bytes.Span);
        _insert.Run();
    }

    /// <returns>The number the stream has in this file.</returns>
    public long AddStream(StreamId stream)
    {
        _addStream.Bind(1, stream.Market.Value);
        _addStream.Bind(2, stream.Shard);
        _addStream.Step();
        var id = _addStream.Number(0);
        _addStream.Run();
        return id;
    }

    public void Commit()
    {
        if (database.InTransaction) { _commit.Run(); }
    }

    /// <summary>A durable write of one page.</summary>
    public void Probe() => _probe.Run();

    /// <param name="find">The stream's number and next event in this file.</param>
    public void Save(IReadOnlyList<Snapshot> snapshots, Func<StreamId, (long Id, long Next)> find)
    {
        _begin.Run();
        var end = database.Number("SELECT max(position) FROM turns");
        foreach (var snapshot in snapshots)
        {
            var (stream, next) = find(snapshot.Stream);
            var position = snapshot.NextSequence == next ? end : 0; // else turns it has not seen stand before the end of the log
            _save.Bind(1, stream);
            _save.Bind(2, snapshot.NextSequence);
            _save.Bind(3, position);
            _save.Bind(4, SnapshotChecksum.Of(snapshot, stream, position));
            _save.Bind(5, snapshot.Bytes.Span);
            _save.Run();
        }
        _commit.Run();
    }

    /// <summary>Undoes what is not committed; when that fails too, the file says at its next opening what it kept.</summary>
    public void TryRollback()
    {
        try
        {
            if (database.InTransaction) { _rollback.Run(); }
        }
        catch (Exception failed) when (failed is JournalUnavailableException or JournalCorruptException)
        {
            // what made the append fail makes this fail
        }
    }
}
