using Market.Actors.Journal;
using Market.Protocol.Values;
using Npgsql;
using NpgsqlTypes;

namespace Market.Node.Journals.Postgres;

/// <summary>The statements that change a journal. Each is one transaction and one round trip.</summary>
internal sealed class PostgresWriter : IDisposable
{
    /// <summary>Rows that probes overwrite: so many that nodes seldom wait for one another, so few that they never count.</summary>
    private const int ProbeRows = 64;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _append;
    private readonly NpgsqlParameter<string[]> _markets = Array<string[]>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<int[]> _shards = Array<int[]>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<long[]> _firsts = Array<long[]>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<int[]> _counts = Array<int[]>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>[]> _bytes = Array<ReadOnlyMemory<byte>[]>(NpgsqlDbType.Bytea);

    public PostgresWriter(NpgsqlConnection connection)
    {
        _connection = connection;
        _append = new NpgsqlCommand("INSERT INTO turns(market, shard, first_sequence, count, bytes) SELECT * FROM unnest($1, $2, $3, $4, $5)", connection)
        {
            Parameters = { _markets, _shards, _firsts, _counts, _bytes },
        };
        MakeRoom(1);
        _append.Prepare();
    }

    /// <returns>False when the key of a turn was taken: another owner wrote there, and nothing was kept.</returns>
    public bool TryAppend(ReadOnlySpan<JournaledTurn> turns)
    {
        if (_markets.TypedValue!.Length != turns.Length) { MakeRoom(turns.Length); }
        for (var i = 0; i < turns.Length; i++)
        {
            ref readonly var turn = ref turns[i];
            _markets.TypedValue![i] = turn.Stream.Market.Value;
            _shards.TypedValue![i] = turn.Stream.Shard;
            _firsts.TypedValue![i] = turn.FirstSequence;
            _counts.TypedValue![i] = turn.Count;
            _bytes.TypedValue![i] = turn.Bytes;
        }
        try
        {
            _append.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException collided) when (collided is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "turns" })
        {
            return false;
        }
    }

    public void Probe()
    {
        using var command = new NpgsqlCommand($"INSERT INTO probes(id, at) VALUES(pg_backend_pid() % {ProbeRows}, 1) ON CONFLICT(id) DO UPDATE SET at = probes.at + 1", _connection);
        command.ExecuteNonQuery();
    }

    /// <summary>A snapshot never takes the place of a newer one: an owner that was cut off may come late.</summary>
    public void Save(IReadOnlyList<Snapshot> snapshots)
    {
        using var batch = new NpgsqlBatch(_connection);
        foreach (var snapshot in snapshots)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                """
                INSERT INTO snapshots AS kept(market, shard, next_sequence, checksum, bytes) VALUES($1, $2, $3, $4, $5)
                ON CONFLICT(market, shard) DO UPDATE SET next_sequence = excluded.next_sequence, checksum = excluded.checksum, bytes = excluded.bytes
                WHERE kept.next_sequence <= excluded.next_sequence
                """)
            {
                Parameters =
                {
                    new() { Value = snapshot.Stream.Market.Value },
                    new() { Value = snapshot.Stream.Shard },
                    new() { Value = snapshot.NextSequence },
                    new() { Value = (long)Checksum(snapshot) },
                    new() { Value = snapshot.Bytes },
                },
            });
        }
        batch.ExecuteNonQuery();
    }

    /// <summary>Removes a snapshot that is of no use, so that it is in no other's way.</summary>
    public void Remove(StreamId stream, long checksum)
    {
        using var command = new NpgsqlCommand("DELETE FROM snapshots WHERE market = $1 AND shard = $2 AND checksum = $3", _connection)
        {
            Parameters = { new() { Value = stream.Market.Value }, new() { Value = stream.Shard }, new() { Value = checksum } },
        };
        command.ExecuteNonQuery();
    }

    public static uint Checksum(Snapshot snapshot) => SnapshotChecksum.Of(snapshot, (long)StableHash.Hash64(snapshot.Stream.ToString()), position: 0);

    public void Dispose() => _append.Dispose();

    private static NpgsqlParameter<T> Array<T>(NpgsqlDbType of) => new() { NpgsqlDbType = NpgsqlDbType.Array | of };

    private void MakeRoom(int turns)
    {
        _markets.TypedValue = new string[turns];
        _shards.TypedValue = new int[turns];
        _firsts.TypedValue = new long[turns];
        _counts.TypedValue = new int[turns];
        _bytes.TypedValue = new ReadOnlyMemory<byte>[turns];
    }
}
