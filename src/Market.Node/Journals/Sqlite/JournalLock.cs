using Market.Actors.Journal;

namespace Market.Node.Journals.Sqlite;

/// <summary>A data folder has one owner at a time: whoever holds its lock file open. The system lets go of it when a process dies.</summary>
internal sealed class JournalLock : IDisposable
{
    private const string FileName = "journal.lock";

    private readonly FileStream _file;

    /// <exception cref="JournalUnavailableException">Another process owns the folder, or it cannot be used.</exception>
    public JournalLock(string folder)
    {
        try
        {
            CreateFolder(folder);
            _file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new JournalUnavailableException($"{folder} may not be used: make it writable, or use another with --data. ({refused.Message})", refused);
        }
        catch (IOException inUse)
        {
            throw new JournalUnavailableException($"The journal in {folder} is in use by another process, or its disk cannot be written: stop the other, or use another folder with --data. ({inUse.Message})", inUse);
        }
    }

    /// <summary>Whether a process owns the folder now.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false; // nobody ever did, or this is a copy
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); }
        else { Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
    }
}
