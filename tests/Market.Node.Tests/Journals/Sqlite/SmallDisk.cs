using System.Diagnostics;

namespace Market.Node.Tests.Journals.Sqlite;

/// <summary>A disk of 3 MiB in memory, which can be filled up and turned read-only. Only the system's administrator can have one.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int BallastBytes = 1024 * 1024;

    private readonly DataFolder _folder = new();
    private readonly bool _mounted;

    public SmallDisk()
    {
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", _folder.Path);
        if (!_mounted) { _folder.Dispose(); }
        if (!_mounted && Environment.GetEnvironmentVariable("CI") == "true") { throw new InvalidOperationException("On CI this test must run: it mounts a tmpfs, as root on Linux."); }
        Skip.IfNot(_mounted, "A small disk is mounted by root only, and on Linux.");
        File.WriteAllBytes(Ballast, new byte[BallastBytes]);
    }

    public string Path => _folder.Path;

    private string Ballast => _folder.File("ballast");

    /// <summary>Gives a third of the disk back.</summary>
    public void FreeSpace() => File.Delete(Ballast);

    /// <summary>Whatever room is left is taken, until disposed.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(_folder.File("filling"), FileMode.Append, FileAccess.Write, preallocationSize: 0);
        var block = new byte[4096];
        try
        {
            for (var at = RandomAccess.GetLength(file); ; at += block.Length) { RandomAccess.Write(file, block, at); }
        }
        catch (IOException)
        {
            // full: as wanted
        }
    }

    /// <summary>What is opened from now on is opened on a read-only disk, until disposed.</summary>
    public IDisposable ReadOnly()
    {
        Run("mount", "--bind", Path, Path).ShouldBeTrue();
        Run("mount", "-o", "remount,bind,ro", Path).ShouldBeTrue();
        return new Cover(Path);
    }

    public void Dispose()
    {
        if (!_mounted) { return; }
        Run("umount", "-l", Path).ShouldBeTrue();
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program here
        }
    }

    private sealed class Cover(string path) : IDisposable
    {
        public void Dispose() => Run("umount", "-l", path).ShouldBeTrue();
    }
}
