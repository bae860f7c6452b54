using Market.Actors.Journal;
using SQLitePCL;

namespace Market.Node.Journals.Sqlite;

/// <summary>SQLite's codes in the journal's words: what happened, and what to do.</summary>
internal static class SqliteErrors
{
    public static Exception Of(int extendedCode, string message, string path)
    {
        var code = extendedCode & 0xff;
        var said = $"(SQLite {extendedCode}: {message})";
        return code switch
        {
            raw.SQLITE_CORRUPT => Damaged(path, said),
            raw.SQLITE_NOTADB => new JournalCorruptException($"{path} is no journal; use another data folder. {said}"),
            _ => new JournalUnavailableException($"{Advice(code, path)} {said}"),
        };
    }

    /// <param name="found">What shows it.</param>
    public static JournalCorruptException Damaged(string path, string found) => new($"{path} is damaged; monkonomy verify says where, and verify --repair copies what is sound: {found}");

    private static string Advice(int code, string path) => code switch
    {
        raw.SQLITE_FULL => $"The disk of {path} is full: free space on it.",
        raw.SQLITE_READONLY => $"{path} cannot be written: make it and its folder writable.",
        raw.SQLITE_CANTOPEN => $"{path} cannot be opened: look whether its folder exists and may be used.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{path} is locked by another program: end it.",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => $"{path} may not be used: look at its permissions.",
        _ => $"{path} cannot be used: look at its disk.",
    };
}
