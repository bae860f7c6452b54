using System.Diagnostics;

namespace Market.Servers.Tests.Servers;

/// <summary>A disk of 16 MiB in memory for some of a database's tables, which can be filled up. Only the system's administrator can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly ServerFolder _folder;

    public SmallDisk()
    {
        if (Environment.UserName != "root") { Needed.Server("A small disk is mounted by root only."); }
        _folder = new ServerFolder();
        Run("chmod", "711", _folder.Path);
        Directory.CreateDirectory(Path);
        Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", Path);
        Directory.CreateDirectory(Tables);
        Run("chown", "-R", "postgres", Path);
    }

    /// <summary>For the database.</summary>
    public string Tables => System.IO.Path.Combine(Path, "tables");

    private string Path => System.IO.Path.Combine(_folder.Path, "disk");

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Takes whatever room is left.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Ballast, FileMode.Create, FileAccess.Write);
        var block = new byte[4_096];
        try
        {
            for (var at = 0L; ; at += block.Length) { RandomAccess.Write(file, block, at); }
        }
        catch (IOException)
        {
            // full: as wanted
        }
    }

    public void FreeSpace() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static void Run(string program, params string[] words)
    {
        using var process = Process.Start(program, words);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', words)}");
    }
}
