using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Sqlite;
using Market.Node.Records;

namespace Market.Node.Tests.Journals.Damage;

/// <summary>What became of a damaged journal.</summary>
internal enum Verdict
{
    /// <summary>It cannot be opened, and the message says which file and why.</summary>
    Refused,

    /// <summary>Opened, and the damage is named; what is called sound is as it was written.</summary>
    Found,

    /// <summary>An end that a crash may leave is named; what is before it is as it was written.</summary>
    CutOff,

    /// <summary>Everything is as it was written: the damage is where nothing is kept.</summary>
    Harmless,

    /// <summary>A whole state of some commits earlier.</summary>
    Earlier,
}

/// <summary>Examines damaged copies of one journal as <c>verify</c> does, and holds what is said against the original.</summary>
internal sealed class Judge : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("monkonomy-damage-").FullName;
    private readonly List<KeptTurn> _turns;
    private readonly Dictionary<StreamId, string?> _snapshots = [];

    public Judge(byte[] database, byte[]? log = null)
    {
        Write(database, log);
        using var journal = SqliteJournal.OpenReadOnly(_folder);
        _turns = journal.ReadAll();
        foreach (var stream in journal.Streams()) { _snapshots[stream] = Said(journal, stream); }
    }

    public Dictionary<Verdict, int> Verdicts { get; } = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, _ => 0);

    /// <summary>What is wrong, a line each: silence about damage, a lie about what is sound, a fault.</summary>
    public List<string> Wrong { get; } = [];

    public int Tried => Verdicts.Values.Sum();

    public Verdict? Try(string what, byte[] database, byte[]? log = null)
    {
        Write(database, log);
        try
        {
            var verdict = Examine(what);
            Verdicts[verdict]++;
            return verdict;
        }
        catch (Exception refused) when (refused is JournalCorruptException or JournalUnavailableException)
        {
            if (!refused.Message.Contains(_folder, StringComparison.Ordinal) && !refused.Message.Contains("market", StringComparison.Ordinal)) { Wrong.Add($"{what}: refused without a place: {refused.Message}"); }
            Verdicts[Verdict.Refused]++;
            return Verdict.Refused;
        }
        catch (Exception fault)
        {
            Wrong.Add($"{what}: {fault}");
            return null;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Verdict Examine(string what)
    {
        using var journal = SqliteJournal.OpenReadOnly(_folder);
        var examined = new JournalExamination(journal).Run(null);
        if (!examined.Holds)
        {
            CheckSound(what, journal, examined);
            return Verdict.Found;
        }
        var turns = journal.ReadAll();
        var isWhole = turns.SequenceEqual(_turns) && _snapshots.All(kept => Said(journal, kept.Key) == kept.Value);
        if (isWhole && examined.CutOff.Count == 0) { return Verdict.Harmless; }
        if (!turns.SequenceEqual(_turns.Take(turns.Count))) { Wrong.Add($"{what}: taken for sound, but it is not what was written"); }
        return examined.CutOff.Count > 0 ? Verdict.CutOff : Verdict.Earlier;
    }

    /// <summary>What is called sound is what was written, to the byte.</summary>
    private void CheckSound(string what, SqliteJournal journal, Examined examined)
    {
        foreach (var (stream, soundTo) in examined.Streams.Where(stream => stream.SoundTo > 0))
        {
            var written = _turns.Where(turn => turn.Stream == stream && turn.FirstSequence <= soundTo).ToList();
            var read = journal.Read(new Dictionary<StreamId, long> { [stream] = 1 }).Take(written.Count).Select(KeptTurn.Of);
            if (!read.SequenceEqual(written)) { Wrong.Add($"{what}: {stream} is called sound up to {soundTo}, but it is not what was written"); }
        }
    }

    private static string? Said(SqliteJournal journal, StreamId stream) =>
        journal.LatestSnapshot(stream) is { } snapshot ? $"{snapshot.NextSequence} {Convert.ToHexString(snapshot.Bytes.Span)}" : null;

    private void Write(byte[] database, byte[]? log)
    {
        foreach (var file in (string[])["journal.db-shm", "journal.db-wal"]) { File.Delete(Path.Combine(_folder, file)); }
        File.WriteAllBytes(Path.Combine(_folder, "journal.db"), database);
        if (log is not null) { File.WriteAllBytes(Path.Combine(_folder, "journal.db-wal"), log); }
    }
}
