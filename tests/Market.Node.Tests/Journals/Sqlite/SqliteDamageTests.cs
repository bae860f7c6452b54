using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Sqlite;

namespace Market.Node.Tests.Journals.Sqlite;

/// <summary>Bytes of the database itself that changed: refused, found, or without any effect.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int Page = 8_192;

    private readonly DataFolder _folder = new();
    private readonly List<JournaledTurn[]> _appends = Soundness.Appends(16);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_byte_is_never_taken_for_what_was_written()
    {
        var whole = Make();
        var wrong = new List<string>();
        foreach (var at in Places(whole))
        {
            var damaged = whole.ToArray();
            damaged[at / 8] ^= (byte)(1 << (at % 8));
            if (Judge(damaged) is { } said) { wrong.Add($"page {1 + (at / 8 / Page)}, byte {at / 8 % Page}, bit {at % 8} of {whole[at / 8]:x2}: {said}"); }
        }
        wrong.ShouldBeEmpty();
    }

    private byte[] Make()
    {
        using (var journal = SqliteJournal.Open(_folder.Path))
        {
            foreach (var append in _appends) { journal.Append(append); }
            journal.Save([Snapshot()]);
        }
        return File.ReadAllBytes(_folder.File("journal.db"));
    }

    /// <summary>Bits: all of the first bytes of pages, which say how they are built, all of the page of streams, and some of the rest.</summary>
    private static IEnumerable<int> Places(byte[] whole) => Enumerable.Range(0, whole.Length * 8)
        .Where(bit => whole[bit / 8] != 0 && (bit / 8 % Page < 12 || bit / 8 / Page == 1 || bit % 97 == 0) || bit < 100 * 8);

    private Snapshot Snapshot()
    {
        var last = _appends.SelectMany(turns => turns).Last(turn => turn.Stream.Shard == 0);
        return new Snapshot(last.Stream, last.NextSequence, new byte[] { 1, 2, 3, 4 });
    }

    /// <returns>What is wrong; null when it was refused, found, or read as written.</returns>
    private string? Judge(byte[] damaged)
    {
        File.Delete(_folder.File("journal.db-shm"));
        File.Delete(_folder.File("journal.db-wal"));
        File.WriteAllBytes(_folder.File("journal.db"), damaged);
        try
        {
            using var journal = SqliteJournal.Open(_folder.Path);
            var snapshot = journal.LatestSnapshot(Snapshot().Stream);
            var read = Soundness.ReadSound(journal);
            if (snapshot is not null && (snapshot.NextSequence != Snapshot().NextSequence || !snapshot.Bytes.Span.SequenceEqual(Snapshot().Bytes.Span))) { return "another snapshot"; }
            var all = _appends.SelectMany(turns => turns).Kept();
            return read.SequenceEqual(all) ? null : $"{read.Count} turns of {all.Count}";
        }
        catch (Exception refused) when (refused is JournalCorruptException or JournalUnavailableException)
        {
            return null;
        }
        catch (Exception other)
        {
            return $"{other.GetType().Name}: {other.Message} {other.StackTrace!.Split('\n').FirstOrDefault(line => line.Contains("Market.Node"))}";
        }
    }
}
