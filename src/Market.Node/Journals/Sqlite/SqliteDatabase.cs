using Market.Actors.Journal;
using SQLitePCL;

namespace Market.Node.Journals.Sqlite;

/// <summary>What a connection may do.</summary>
internal enum SqliteAccess
{
    Write,

    /// <summary>Beside its writer; SQLite makes the log and its index beside the file, when they are not there.</summary>
    Read,

    /// <summary>A file that nobody writes, without a log, on a disk where nothing can be made.</summary>
    AsItLies,
}

/// <summary>
/// One connection by SQLite's raw interface, which is twice as quick as ADO.NET. Every code that is not a success becomes one of the journal's
/// exceptions here, with what to do about it.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long to wait for another connection's lock, in ms; readers and the one writer seldom meet.</summary>
    private const int BusyTimeoutMs = 5_000;

    private readonly sqlite3 _connection;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteDatabase() => Batteries_V2.Init();

    /// <exception cref="JournalUnavailableException">It cannot be opened.</exception>
    /// <exception cref="JournalCorruptException">It is no database.</exception>
    /// <param name="access">What may be done to it.</param>
    /// <param name="fileSystem">What files are kept on, by SQLite's name for it; null for the system's.</param>
    public SqliteDatabase(string path, SqliteAccess access, string? fileSystem = null)
    {
        Path = path;
        var flags = access is SqliteAccess.Write ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI;
        var code = raw.sqlite3_open_v2(access is SqliteAccess.AsItLies ? AsItLies(path) : path, out _connection, flags | raw.SQLITE_OPEN_NOMUTEX, fileSystem);
        if (code != raw.SQLITE_OK)
        {
            var message = raw.sqlite3_errmsg(_connection).utf8_to_string();
            _connection.Dispose();
            throw SqliteErrors.Of(code, message, path);
        }
        raw.sqlite3_busy_timeout(_connection, BusyTimeoutMs);
    }

    public string Path { get; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    public void Run(string sql)
    {
        using var statement = Prepare(sql, keep: false);
        while (statement.Step()) { }
    }

    public long Number(string sql)
    {
        using var statement = Prepare(sql, keep: false);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>A statement to be used again and again; ends with the connection.</summary>
    public SqliteStatement Prepare(string sql, bool keep = true)
    {
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var statement));
        var prepared = new SqliteStatement(this, statement);
        if (keep) { _statements.Add(prepared); }
        return prepared;
    }

    private static string AsItLies(string path) => $"{new Uri(System.IO.Path.GetFullPath(path)).AbsoluteUri}?immutable=1";

    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) { return; }
        throw SqliteErrors.Of(raw.sqlite3_extended_errcode(_connection), raw.sqlite3_errmsg(_connection).utf8_to_string(), Path);
    }

    public void Dispose()
    {
        foreach (var statement in _statements) { statement.Dispose(); }
        raw.sqlite3_close_v2(_connection);
    }
}

/// <summary>A prepared statement: bind, step, read.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    public void Bind(int parameter, long value) => database.Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, string value) => database.Check(raw.sqlite3_bind_text(statement, parameter, value));

    public void Bind(int parameter, ReadOnlySpan<byte> value) => database.Check(raw.sqlite3_bind_blob(statement, parameter, value));

    /// <returns>Whether there is a row.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        database.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end and makes ready for the next use.</summary>
    public void Run()
    {
        try
        {
            while (Step()) { }
        }
        finally
        {
            Reset();
        }
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => raw.sqlite3_finalize(statement);
}
