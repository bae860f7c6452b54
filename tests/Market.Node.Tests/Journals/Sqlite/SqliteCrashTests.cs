using System.Security.Cryptography;
using Market.Actors.Journal;
using Market.Node.Journals.Sqlite;

namespace Market.Node.Tests.Journals.Sqlite;

/// <summary>What a machine that lost its power leaves: the database and its write-ahead log, copied while open, cut and damaged.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    /// <summary>Of the 24 appends, so many are moved into the database; the others stand in the write-ahead log.</summary>
    private const int InDatabase = 8;

    /// <summary>Bytes of the log's header, and of each frame: 24 and a page.</summary>
    private const int WalHeader = 32;
    private const int WalFrame = 24 + 8_192;

    private readonly DataFolder _home = new();
    private readonly DataFolder _copy = new();
    private readonly List<JournaledTurn[]> _appends = Soundness.Appends(24);

    public void Dispose()
    {
        _home.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public void A_copy_taken_after_any_append_holds_exactly_these_appends()
    {
        using var journal = SqliteJournal.Open(_home.Path);
        for (var appended = 1; appended <= _appends.Count; appended++)
        {
            journal.Append(_appends[appended - 1]);
            Copy(File.ReadAllBytes(_home.File("journal.db")), File.ReadAllBytes(_home.File("journal.db-wal")));
            ReadCopy($"after {appended}").ShouldBe(appended);
        }
    }

    [Fact]
    public void A_copy_goes_on_after_its_last_append()
    {
        var (database, log) = Crash();
        Copy(database, log[..^5]);
        using var journal = SqliteJournal.Open(_copy.Path);
        var kept = Soundness.ShouldBeWholeAppends(Soundness.ReadSound(journal), _appends, "cut");
        kept.ShouldBe(_appends.Count - 1);
        journal.Append(_appends[kept]);
        Soundness.ReadSound(journal).Count.ShouldBe(_appends.Sum(turns => turns.Length));
    }

    [Fact]
    public void A_log_cut_anywhere_loses_whole_appends_from_the_end_only()
    {
        var (database, log) = Crash();
        var last = 0;
        foreach (var length in Places(log.Length))
        {
            Copy(database, log[..length]);
            var kept = ReadCopy($"cut to {length} bytes");
            kept.ShouldBeGreaterThanOrEqualTo(Math.Max(InDatabase, last));
            last = kept;
        }
        last.ShouldBe(_appends.Count);
    }

    [Fact]
    public void A_log_damaged_anywhere_is_refused_or_loses_its_last_append_only()
    {
        var (database, log) = Crash();
        var refused = 0;
        foreach (var at in Places(log.Length).Where(at => at < log.Length))
        {
            var damaged = log.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            Copy(database, damaged);
            try
            {
                ReadCopy($"byte {at} changed").ShouldBeInRange(_appends.Count - 1, _appends.Count);
            }
            catch (JournalCorruptException said)
            {
                said.Message.ShouldContain("journal.db-wal");
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_log_with_an_older_ones_frames_behind_its_end_is_read_to_its_own_end()
    {
        var (database, log) = Crash();
        var older = log.AsSpan(WalHeader, 3 * WalFrame).ToArray();
        for (var frame = 0; frame < 3; frame++) { RandomNumberGenerator.Fill(older.AsSpan((frame * WalFrame) + 8, 8)); } // each log has its own salts
        Copy(database, [.. log, .. older]);
        ReadCopy("an older log's frames").ShouldBe(_appends.Count);
    }

    [Fact]
    public void A_log_with_frames_of_appends_that_failed_behind_its_end_is_read_to_its_own_end()
    {
        var (database, log) = Crash();
        Copy(database, [.. log, .. log.AsSpan(WalHeader + (2 * WalFrame), WalFrame), .. log.AsSpan(WalHeader + (6 * WalFrame), WalFrame)]);
        ReadCopy("what failed").ShouldBe(_appends.Count);
    }

    /// <summary>All of the header, the ends and beginnings of frames, and places between.</summary>
    private static IEnumerable<int> Places(int length)
    {
        var frames = Enumerable.Range(0, length / WalFrame).Select(frame => WalHeader + (frame * WalFrame));
        return Enumerable.Range(0, WalHeader)
            .Concat(frames.SelectMany(start => new[] { start - 1, start, start + 1, start + 7, start + 13, start + 22, start + 24, start + 3_000 }))
            .Append(length - 1).Append(length).Where(at => at >= 0 && at <= length).Distinct().Order();
    }

    private (byte[] Database, byte[] Log) Crash()
    {
        using (var journal = SqliteJournal.Open(_home.Path))
        {
            foreach (var append in _appends.Take(InDatabase)) { journal.Append(append); }
        }
        File.Exists(_home.File("journal.db-wal")).ShouldBeFalse();
        using var again = SqliteJournal.Open(_home.Path);
        foreach (var append in _appends.Skip(InDatabase)) { again.Append(append); }
        return (File.ReadAllBytes(_home.File("journal.db")), File.ReadAllBytes(_home.File("journal.db-wal")));
    }

    private void Copy(byte[] database, byte[] log)
    {
        File.Delete(_copy.File("journal.db-shm"));
        File.WriteAllBytes(_copy.File("journal.db"), database);
        File.WriteAllBytes(_copy.File("journal.db-wal"), log);
    }

    /// <returns>How many whole appends it holds.</returns>
    private int ReadCopy(string when)
    {
        using var journal = SqliteJournal.Open(_copy.Path);
        return Soundness.ShouldBeWholeAppends(Soundness.ReadSound(journal), _appends, when);
    }
}
