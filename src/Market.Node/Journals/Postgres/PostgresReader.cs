using Market.Actors.Journal;
using Market.Protocol.Values;
using Npgsql;

namespace Market.Node.Journals.Postgres;

/// <summary>The short questions to a journal: where streams end, which there are, what their snapshots are.</summary>
internal sealed class PostgresReader(NpgsqlConnection connection)
{
    /// <summary>Goes from stream to stream by the key, however many turns lie between.</summary>
    private const string EveryStream = """
        WITH RECURSIVE streams AS (
            (SELECT market, shard FROM turns ORDER BY market, shard LIMIT 1)
            UNION ALL
            SELECT next.market, next.shard FROM streams, LATERAL (
                SELECT market, shard FROM turns WHERE (market, shard) > (streams.market, streams.shard) ORDER BY market, shard LIMIT 1) AS next
        )
        SELECT market, shard FROM streams
        """;

    /// <summary>The sequence number of the next event; 1 for a stream that holds none.</summary>
    public long End(StreamId stream)
    {
        using var command = Of("SELECT first_sequence + count FROM turns WHERE market = $1 AND shard = $2 ORDER BY first_sequence DESC LIMIT 1", stream);
        return command.ExecuteScalar() is long next ? next : 1;
    }

    /// <exception cref="JournalCorruptException">A stream's name is none.</exception>
    public IReadOnlyList<StreamId> Streams()
    {
        using var command = new NpgsqlCommand(EveryStream, connection);
        using var rows = command.ExecuteReader();
        var streams = new List<StreamId>();
        while (rows.Read())
        {
            if (!MarketId.TryRead(rows.GetString(0), out var market)) { throw new JournalCorruptException($"The journal is damaged; restore it from a copy: \"{rows.GetString(0)}\" is no market."); }
            streams.Add(new StreamId(market, rows.GetInt32(1)));
        }
        return streams;
    }

    /// <returns>The snapshot with the checksum it was kept with; null when there is none.</returns>
    public (Snapshot Snapshot, long Checksum)? Snapshot(StreamId stream)
    {
        using var command = Of("SELECT next_sequence, checksum, bytes FROM snapshots WHERE market = $1 AND shard = $2", stream);
        using var row = command.ExecuteReader();
        return row.Read() ? (new Snapshot(stream, row.GetInt64(0), row.GetFieldValue<byte[]>(2)), row.GetInt64(1)) : null;
    }

    private NpgsqlCommand Of(string sql, StreamId stream) => new(sql, connection)
    {
        Parameters = { new() { Value = stream.Market.Value }, new() { Value = stream.Shard } },
    };
}
