using System.Numerics;
using Market.Actors.Journal;
using Npgsql;

namespace Market.Node.Journals.Postgres;

/// <summary>
/// One reading of turns, on a connection of its own, so that it is in nobody's way however long it takes. All of it is as the journal was when it began.
/// Turns come along the key and are never sorted or held together, here or in the database: one is in memory at a time.
/// </summary>
internal sealed class PostgresReading : IDisposable
{
    /// <summary>A reading is as long as its reader takes, so no statement's time counts; and it goes along the key, whatever the statistics say.</summary>
    private const string Begin = """
        BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
        SET LOCAL statement_timeout = 0;
        SET LOCAL enable_seqscan = off;
        SET LOCAL enable_bitmapscan = off;
        SET LOCAL enable_sort = off;
        """;

    /// <summary>From the turn that holds the event asked for.</summary>
    private const string Turns = """
        SELECT first_sequence, count, bytes FROM turns
        WHERE market = $1 AND shard = $2 AND first_sequence + count > $3
          AND first_sequence >= (SELECT coalesce(max(first_sequence), 1) FROM turns WHERE market = $1 AND shard = $2 AND first_sequence <= $3)
        ORDER BY first_sequence
        """;

    private readonly NpgsqlConnection _connection;
    private readonly string _place;
    private NpgsqlCommand? _command;
    private NpgsqlDataReader? _rows;
    private bool _unread;
    private byte[] _room = [];

    public PostgresReading(NpgsqlDataSource source, string place)
    {
        _place = place;
        _connection = Known(source.OpenConnection);
        using var begin = new NpgsqlCommand(Begin, _connection);
        Known(begin.ExecuteNonQuery);
    }

    /// <summary>Goes to the turns of a stream, from the one that holds an event.</summary>
    public void Open(StreamId stream, long fromSequence)
    {
        Finish();
        _command = new NpgsqlCommand(Turns, _connection)
        {
            Parameters = { new() { Value = stream.Market.Value }, new() { Value = stream.Shard }, new() { Value = fromSequence } },
        };
        _rows = Known(() => _command.ExecuteReader(System.Data.CommandBehavior.SequentialAccess));
        _unread = true;
    }

    /// <returns>False after the last turn of the stream.</returns>
    public bool Next(StreamId stream, out JournaledTurn turn)
    {
        turn = default;
        _unread = Known(_rows!.Read);
        if (!_unread) { return false; }
        turn = Known(() =>
        {
            var (first, count) = (_rows.GetInt64(0), _rows.GetInt32(1));
            var length = (int)_rows.GetBytes(2, 0, null, 0, 0);
            if (_room.Length < length) { _room = new byte[BitOperations.RoundUpToPowerOf2((uint)length)]; }
            for (var at = 0; at < length;) { at += (int)_rows.GetBytes(2, at, _room, at, length - at); }
            return new JournaledTurn(stream, first, count, _room.AsMemory(0, length));
        });
        return true;
    }

    public void Dispose()
    {
        try
        {
            if (_unread) { _command!.Cancel(); } // else all the rest would be read now
            Finish();
        }
        catch (Exception failed) when (PostgresErrors.Known(failed))
        {
            // it was to end, and has
        }
        _connection.Dispose();
    }

    private void Finish()
    {
        _rows?.Dispose();
        _command?.Dispose();
        (_rows, _command) = (null, null);
    }

    private T Known<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failed) when (PostgresErrors.Known(failed))
        {
            throw PostgresErrors.Of(failed, _place);
        }
    }
}
