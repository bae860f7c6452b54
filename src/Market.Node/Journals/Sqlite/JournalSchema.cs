using Market.Actors.Journal;

namespace Market.Node.Journals.Sqlite;

/// <summary>
/// The tables. Turns stand in one log in the order they were committed, with no index beside it: an append writes new pages only, and a
/// start reads them once, in order. What a stream's next sequence number is, its last turn tells.
/// </summary>
internal static class JournalSchema
{
    /// <summary>"MNKY", so that no other program's database is taken for a journal.</summary>
    private const int ApplicationId = 0x4d4e4b59;

    private const int Version = 1;

    /// <summary>Bytes of a page; a turn of a thousand orders is some 60 KiB.</summary>
    private const int PageSize = 8_192;

    /// <summary>Most that is said of a damaged file.</summary>
    private const int MostDamage = 20;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS streams(id INTEGER PRIMARY KEY, market TEXT NOT NULL, shard INTEGER NOT NULL, UNIQUE(market, shard)) STRICT;
        CREATE TABLE IF NOT EXISTS turns(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, first_sequence INTEGER NOT NULL, count INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS snapshots(stream INTEGER PRIMARY KEY, next_sequence INTEGER NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS probes(id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        """;

    /// <summary>Makes a new journal, or looks whether this is one we can read.</summary>
    public static void Prepare(SqliteDatabase database, SqliteMedium medium)
    {
        RequireOurs(database);
        database.Run($"PRAGMA page_size={PageSize}");
        database.Run("PRAGMA journal_mode=WAL");
        database.Run($"PRAGMA synchronous={medium.Synchronous}");
        database.Run($"PRAGMA wal_autocheckpoint={medium.CheckpointPages}");
        if (database.Number("PRAGMA user_version") == Version) { return; }
        database.Run("BEGIN IMMEDIATE");
        foreach (var table in Tables.Split(";\n", StringSplitOptions.RemoveEmptyEntries)) { database.Run(table); }
        database.Run($"PRAGMA application_id={ApplicationId}");
        database.Run($"PRAGMA user_version={Version}");
        database.Run("COMMIT");
    }

    /// <summary>Names of streams have no checksum, but stand twice: in their table and in its index. A few rows, so each opening looks.</summary>
    /// <exception cref="JournalCorruptException">They differ.</exception>
    public static void RequireSoundStreams(SqliteDatabase database)
    {
        using var check = database.Prepare("PRAGMA integrity_check(streams)", keep: false);
        while (check.Step())
        {
            if (check.Text(0) is not "ok" and var found) { throw SqliteErrors.Damaged(database.Path, found); }
        }
    }

    /// <summary>
    /// Looks whether the file is built as SQLite builds files. The turns' own checksums cannot show that the newest are gone; this can.
    /// Measured: a quarter of a second for each GiB of journal in the system's memory; a start can afford it.
    /// </summary>
    /// <exception cref="JournalCorruptException">It is not.</exception>
    public static void RequireSound(SqliteDatabase database)
    {
        if (Damage(database) is [var first, ..]) { throw SqliteErrors.Damaged(database.Path, first); }
    }

    /// <returns>What is wrong with how the file is built, in SQLite's words; nothing of a sound one.</returns>
    public static List<string> Damage(SqliteDatabase database)
    {
        var found = new List<string>();
        try
        {
            using var check = database.Prepare($"PRAGMA integrity_check({MostDamage})", keep: false);
            while (check.Step())
            {
                if (check.Text(0) is not "ok" and var damage) { found.Add(damage); }
            }
        }
        catch (JournalCorruptException unread)
        {
            found.Add(unread.Message);
        }
        return found;
    }

    /// <exception cref="JournalCorruptException">It is another program's, or of a newer version.</exception>
    public static void RequireOurs(SqliteDatabase database)
    {
        var (id, version) = (database.Number("PRAGMA application_id"), database.Number("PRAGMA user_version"));
        var isNew = version == 0 && id == 0 && database.Number("SELECT count(*) FROM sqlite_master") == 0;
        if (!isNew && id != ApplicationId)
        {
            throw new JournalCorruptException($"{database.Path} is a database of another program; use another data folder.");
        }
        if (version > Version)
        {
            throw new JournalCorruptException($"{database.Path} has format {version}, this program reads up to {Version}: use a newer program.");
        }
    }
}
