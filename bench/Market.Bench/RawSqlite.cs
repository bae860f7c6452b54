using System.Diagnostics;
using Market.Node.Journals.Sqlite;
using SQLitePCL;

namespace Market.Bench;

/// <summary>The limit: the bytes a market journaled, appended to SQLite with no market at all, one blob and one durable commit a batch.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _insert;

    public RawSqlite(string path)
    {
        Check(raw.sqlite3_open_v2(path, out _connection, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null));
        foreach (var pragma in new[] { "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=10000" }) { Run($"PRAGMA {pragma}"); }
        Run("CREATE TABLE batches(first INTEGER PRIMARY KEY, bytes BLOB)");
        _insert = Prepare("INSERT INTO batches(bytes) VALUES(?)");
    }

    public static string Version { get; } = raw.sqlite3_libversion().utf8_to_string();

    /// <summary>The bytes of all turns in a folder's journal, up to a bound.</summary>
    public static byte[] BytesOf(string folder, int atMost)
    {
        using var journal = SqliteJournal.OpenReadOnly(folder);
        var all = new MemoryStream();
        foreach (var turn in journal.Read(journal.Streams().ToDictionary(stream => stream, _ => 1L)))
        {
            all.Write(turn.Bytes.Span);
            if (all.Length > atMost) { break; }
        }
        return all.ToArray();
    }

    /// <returns>Batches a second.</returns>
    public double Run(byte[] bytes, int batchBytes, TimeSpan time)
    {
        var (start, batches) = (Stopwatch.GetTimestamp(), 0L);
        for (var at = 0; Stopwatch.GetElapsedTime(start) < time; batches++)
        {
            raw.sqlite3_bind_blob(_insert, 1, bytes.AsSpan(at, batchBytes));
            Check(raw.sqlite3_step(_insert));
            raw.sqlite3_reset(_insert);
            at = at + (2 * batchBytes) <= bytes.Length ? at + batchBytes : 0;
        }
        return batches / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        raw.sqlite3_finalize(_insert);
        raw.sqlite3_close_v2(_connection);
    }

    private void Run(string sql)
    {
        var statement = Prepare(sql);
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW) { }
        Check(raw.sqlite3_finalize(statement));
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var statement));
        return statement;
    }

    private static void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)) { throw new InvalidOperationException($"SQLite says {code}."); }
    }
}
