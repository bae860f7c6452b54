using System.Runtime.CompilerServices;
using Market.Fixtures;
using Market.Node.Journals.Sqlite;
using Market.Node.Tests.Journals.Sqlite;

namespace Market.Node.Tests.Journals.Golden;

/// <summary>
/// The journals checked in under <c>tests/Fixtures/journals</c>: as the file a node owned, and as text. Set MONKONOMY_WRITE_GOLDEN=1 and run
/// <see cref="GoldenJournalTests"/> to write those that are not there; one that is there is never written again, because a released journal does not change.
/// </summary>
internal static class GoldenJournals
{
    /// <summary>Each game, and whether it keeps snapshots.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Games = new Dictionary<string, bool> { ["plain-1"] = false, ["snapshots-1"] = true };

    /// <summary>A copy of one to be opened, in a folder of its own.</summary>
    public static DataFolder Copied(string name)
    {
        var folder = new DataFolder();
        File.Copy(Kept(name + ".db"), folder.File("journal.db"));
        return folder;
    }

    public static byte[] Bytes(string name) => File.ReadAllBytes(Kept(name + ".db"));

    public static string Dump(string name) => File.ReadAllText(Kept(name + ".txt"));

    /// <summary>Plays the game over a new file.</summary>
    /// <returns>The file as its node leaves it, and what the journal holds as text.</returns>
    public static (byte[] Bytes, string Dump) Make(bool snapshots)
    {
        using var folder = new DataFolder();
        string dump;
        using (var journal = SqliteJournal.Open(folder.Path))
        {
            GoldenGame.Play(journal, snapshots);
            dump = JournalDump.Of(journal);
        }
        return (File.ReadAllBytes(folder.File("journal.db")), dump);
    }

    /// <summary>Writes what is missing, when asked to.</summary>
    public static void WriteMissing()
    {
        if (Environment.GetEnvironmentVariable("MONKONOMY_WRITE_GOLDEN") != "1") { return; }
        foreach (var (name, snapshots) in Games)
        {
            var path = Path.Combine(Source(), name);
            if (File.Exists(path + ".db")) { continue; }
            var (bytes, dump) = Make(snapshots);
            File.WriteAllBytes(path + ".db", bytes);
            File.WriteAllText(path + ".txt", dump);
        }
    }

    /// <summary>A file of the repository.</summary>
    public static string AtRoot(string path) => Path.GetFullPath("../../../../" + path, Path.GetDirectoryName(Here())!);

    private static string Kept(string file) => Path.Combine(Source(), file);

    private static string Source() => AtRoot("tests/Fixtures/journals");

    private static string Here([CallerFilePath] string here = "") => here;
}
