using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>What SQLite calls on an open file. One connection at a time has a journal, so locks are always granted.</summary>
internal static unsafe class FileMethods
{
    /// <summary>What SQLite assumes of a file on Unix: bytes beside a write keep their content.</summary>
    private const int PowersafeOverwrite = 0x1000;

    private const int UnixSector = 4_096;

    public static NativeMethods* Table { get; } = Make();

    private static NativeMethods* Make()
    {
        var table = (NativeMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods));
        *table = new NativeMethods
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            Size = &Size,
            Lock = &Granted,
            Unlock = &Granted,
            CheckReserved = &CheckReserved,
            Control = &Control,
            SectorSize = &SectorSize,
            Characteristics = &Characteristics,
            MapShared = &MapShared,
            LockShared = &LockShared,
            Barrier = &Barrier,
            UnmapShared = &UnmapShared,
        };
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        OpenFile.Of(file).Close();
        GCHandle.FromIntPtr(file->Open).Free();
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, byte* to, int count, long offset)
    {
        var open = OpenFile.Of(file);
        if (open.Disk.IsOff) { return raw.SQLITE_IOERR_READ; }
        var room = new Span<byte>(to, count);
        var content = open.File.Content;
        var there = Math.Clamp(content.Length - offset, 0, count);
        room.Clear();
        if (there > 0) { content.Slice((int)offset, (int)there).CopyTo(room); }
        return there == count ? raw.SQLITE_OK : raw.SQLITE_IOERR_SHORT_READ;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, byte* from, int count, long offset)
    {
        var open = OpenFile.Of(file);
        var outcome = open.Disk.Write(open.File, (int)offset, new ReadOnlySpan<byte>(from, count));
        return Code(outcome, open.Disk.SaysFull ? raw.SQLITE_FULL : raw.SQLITE_IOERR_WRITE);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long length)
    {
        var open = OpenFile.Of(file);
        return Code(open.Disk.Cut(open.File, (int)length), raw.SQLITE_IOERR_TRUNCATE);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags)
    {
        var open = OpenFile.Of(file);
        var outcome = open.Disk.Sync(open.File, open.SyncsDirectory);
        if (outcome is DiskOutcome.Done) { open.SyncsDirectory = false; }
        return Code(outcome, raw.SQLITE_IOERR_FSYNC);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(NativeFile* file, long* size)
    {
        *size = OpenFile.Of(file).File.Length;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Granted(NativeFile* file, int level) => raw.SQLITE_OK;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReserved(NativeFile* file, int* reserved)
    {
        *reserved = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(NativeFile* file, int operation, void* argument) => raw.SQLITE_NOTFOUND;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* file) => UnixSector;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Characteristics(NativeFile* file) => PowersafeOverwrite;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int MapShared(NativeFile* file, int region, int size, int extend, void** mapped)
    {
        *mapped = OpenFile.Of(file).Shared(region, size);
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LockShared(NativeFile* file, int first, int count, int flags) => raw.SQLITE_OK;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Barrier(NativeFile* file) => Interlocked.MemoryBarrier();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int UnmapShared(NativeFile* file, int delete)
    {
        OpenFile.Of(file).Unshare();
        return raw.SQLITE_OK;
    }

    private static int Code(DiskOutcome outcome, int failure) => outcome switch
    {
        DiskOutcome.Done => raw.SQLITE_OK,
        DiskOutcome.Fails => failure,
        _ => raw.SQLITE_IOERR,
    };
}
