using Market.Actors.Journal;
using Market.Fixtures;
using Market.Node.Journals.Sqlite;
using Market.Node.Tests.Journals.Golden;
using Market.Node.Tests.Journals.Sqlite;
using Microsoft.Data.Sqlite;

namespace Market.Node.Tests.Journals.Damage;

/// <summary>The golden game in files with the smallest pages SQLite has: the same structure in a tenth of the bytes, so that each can be damaged.</summary>
internal static class SmallPages
{
    /// <summary>A golden journal whose node ended well.</summary>
    public static byte[] Closed(string name)
    {
        using var folder = GoldenJournals.Copied(name);
        using var small = Shrunk(folder);
        return File.ReadAllBytes(small.File("journal.db"));
    }

    /// <summary>The plain golden journal as a crash leaves it: half of its appends in the database, the others in the log.</summary>
    /// <returns>The file, its log, and the turns of each append in the log.</returns>
    public static (byte[] Database, byte[] Log, IReadOnlyList<JournaledTurn[]> Appends, int InDatabase) Crashed()
    {
        var appends = Appends();
        var inDatabase = appends.Count / 2;
        using var empty = new DataFolder();
        SqliteJournal.Open(empty.Path).Dispose();
        using var small = Shrunk(empty);
        Append(small, appends.Take(inDatabase)).Dispose();
        using var open = Append(small, appends.Skip(inDatabase));
        return (File.ReadAllBytes(small.File("journal.db")), File.ReadAllBytes(small.File("journal.db-wal")), appends, inDatabase);
    }

    /// <summary>The turns of the golden game, round by round.</summary>
    public static IReadOnlyList<JournaledTurn[]> Appends()
    {
        var journal = new RoundsJournal();
        GoldenGame.Play(journal, snapshots: false);
        return journal.Rounds;
    }

    private static SqliteJournal Append(DataFolder folder, IEnumerable<JournaledTurn[]> appends)
    {
        var journal = SqliteJournal.Open(folder.Path);
        foreach (var append in appends) { journal.Append(append); }
        return journal;
    }

    private static DataFolder Shrunk(DataFolder folder)
    {
        var small = new DataFolder();
        Run(folder.File("journal.db"), "PRAGMA page_size=512", $"VACUUM INTO '{small.File("journal.db")}'");
        Run(small.File("journal.db"), "PRAGMA journal_mode=WAL");
        return small;
    }

    private static void Run(string file, params string[] commands)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        foreach (var text in commands)
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Keeps what is appended together, together.</summary>
    private sealed class RoundsJournal : IJournal
    {
        private readonly MemoryJournal _journal = new();

        public List<JournaledTurn[]> Rounds { get; } = [];

        public void Append(ReadOnlySpan<JournaledTurn> turns)
        {
            _journal.Append(turns);
            Rounds.Add([.. turns.ToArray().Select(turn => turn with { Bytes = turn.Bytes.ToArray() })]);
        }

        public void Probe() => _journal.Probe();

        public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => _journal.Read(fromSequence);

        public IReadOnlyList<StreamId> Streams() => _journal.Streams();

        public Snapshot? LatestSnapshot(StreamId stream) => _journal.LatestSnapshot(stream);

        public void Save(IReadOnlyList<Snapshot> snapshots) => _journal.Save(snapshots);

        public void Dispose() => _journal.Dispose();
    }
}
