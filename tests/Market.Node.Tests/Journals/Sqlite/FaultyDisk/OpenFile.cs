using System.Runtime.InteropServices;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>A file that SQLite has open. The memory that connections share lives as long as its one connection.</summary>
internal sealed unsafe class OpenFile(Disk disk, DiskFile file, string? deleteAtEnd)
{
    private readonly List<nint> _shared = [];

    public Disk Disk => disk;

    public DiskFile File => file;

    /// <summary>A new log's or rollback journal's directory is synced with it the first time, as SQLite does on Unix.</summary>
    public bool SyncsDirectory { get; set; }

    public static OpenFile Of(NativeFile* native) => (OpenFile)GCHandle.FromIntPtr(native->Open).Target!;

    public void* Shared(int region, int size)
    {
        while (_shared.Count <= region) { _shared.Add((nint)NativeMemory.AllocZeroed((nuint)size)); }
        return (void*)_shared[region];
    }

    public void Unshare()
    {
        foreach (var region in _shared) { NativeMemory.Free((void*)region); }
        _shared.Clear();
    }

    public void Close()
    {
        Unshare();
        if (deleteAtEnd is not null) { disk.Delete(deleteAtEnd, syncDirectory: false); }
    }
}
