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
    /// <summary>Each game: whether it keeps snapshots, and whether its requests have ids.</summary>
    public static readonly IReadOnlyDictionary<string, (bool Snapshots, bool Ids)> Games = new Dictionary<string, (bool, bool)>
    {
        ["plain-1"] = (false, false),
        ["snapshots-1"] = (true, false),
        ["requests-1"] = (true, true),
    };

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
    public static (byte[] Bytes, string Dump) Make(string name)
    {
        using var folder = new DataFolder();
        string dump;
        using (var journal = SqliteJournal.Open(folder.Path))
        {
            GoldenGame.Play(journal, Games[name].Snapshots, Games[name].Ids);
            dump = JournalDump.Of(journal);
        }
        return (File.ReadAllBytes(folder.File("journal.db")), dump);
    }

    /// <summary>Writes what is missing, when asked to.</summary>
    public static void WriteMissing()
    {
        if (Environment.GetEnvironmentVariable("MONKONOMY_WRITE_GOLDEN") != "1") { return; }
        foreach (var name in Games.Keys)
        {
            var path = Path.Combine(Source(), name);
            if (File.Exists(path + ".db")) { continue; }
            var (bytes, dump) = Make(name);
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
