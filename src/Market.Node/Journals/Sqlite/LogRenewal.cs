using Market.Actors.Journal;

namespace Market.Node.Journals.Sqlite;

/// <summary>
/// Writes SQLite's write-ahead log once more over itself, byte for byte, and syncs it. After a sync that failed, systems let a program read
/// back what never reached the disk, and report the next sync as a success without writing it: a log that was left behind is so made durable
/// before anything is built upon it. Whenever this is cut off, the log is what it was.
/// </summary>
internal static class LogRenewal
{
    private const int PartBytes = 1 << 20;

    /// <param name="path">Of the log; there need be none.</param>
    /// <exception cref="JournalUnavailableException">It could not be written.</exception>
    public static void Renew(string path)
    {
        if (!File.Exists(path)) { return; }
        try
        {
            using var log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            var part = new byte[PartBytes];
            for (var at = 0L; RandomAccess.Read(log, part, at) is var read and > 0; at += read) { RandomAccess.Write(log, part.AsSpan(0, read), at); }
            RandomAccess.FlushToDisk(log);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"{path} cannot be written: look at its disk. ({refused.Message})", refused);
        }
    }
}
