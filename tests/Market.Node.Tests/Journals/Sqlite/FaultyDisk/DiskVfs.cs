using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>The file system that SQLite is given: <see cref="Disk"/>s, found by the folder of a path.</summary>
internal static unsafe partial class DiskVfs
{
    public const string Name = "faulty-disk";

    private const int LongestPath = 1_024;

    private static readonly ConcurrentDictionary<string, Disk> Disks = [];

    static DiskVfs()
    {
        Batteries_V2.Init();
        var vfs = (NativeVfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs));
        *vfs = new NativeVfs
        {
            Version = 1,
            FileSize = sizeof(NativeFile),
            LongestPath = LongestPath,
            Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name),
            Open = &Open,
            Delete = &Delete,
            Access = &Access,
            FullPath = &FullPath,
            Randomness = &Randomness,
            Sleep = &Sleep,
            CurrentTime = &CurrentTime,
            LastError = &LastError,
        };
        Register(vfs, 0).ShouldBe(raw.SQLITE_OK);
    }

    /// <summary>What SQLite opens in the folder from now on stands on the disk.</summary>
    public static void Mount(string folder, Disk disk) => Disks[folder] = disk;

    public static void Unmount(string folder) => Disks.TryRemove(folder, out _);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Register(NativeVfs* vfs, int makeDefault);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* vfs, byte* path, NativeFile* native, int flags, int* outFlags)
    {
        native->Methods = null;
        if (path is null || Find(path, out var name) is not { IsOff: false } disk) { return raw.SQLITE_CANTOPEN; }
        var file = disk.Find(name);
        var isNew = file is null;
        if (isNew && ((flags & raw.SQLITE_OPEN_CREATE) == 0 || disk.Make(name, out file) is not DiskOutcome.Done)) { return raw.SQLITE_CANTOPEN; }
        var open = new OpenFile(disk, file!, (flags & raw.SQLITE_OPEN_DELETEONCLOSE) != 0 ? name : null)
        {
            SyncsDirectory = isNew && (flags & (raw.SQLITE_OPEN_WAL | raw.SQLITE_OPEN_MAIN_JOURNAL)) != 0,
        };
        native->Open = GCHandle.ToIntPtr(GCHandle.Alloc(open));
        native->Methods = FileMethods.Table;
        if (outFlags is not null) { *outFlags = flags; }
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* vfs, byte* path, int syncDirectory)
    {
        if (Find(path, out var name) is not { } disk) { return raw.SQLITE_IOERR_DELETE; }
        if (disk.Find(name) is null && !disk.IsOff) { return raw.SQLITE_IOERR_DELETE_NOENT; }
        return disk.Delete(name, syncDirectory != 0) is DiskOutcome.Done ? raw.SQLITE_OK : raw.SQLITE_IOERR_DELETE;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(NativeVfs* vfs, byte* path, int flags, int* result)
    {
        if (Find(path, out var name) is not { IsOff: false } disk) { return raw.SQLITE_IOERR_ACCESS; }
        *result = disk.Find(name) is { } file && (flags != 0 || file.Length > 0) ? 1 : 0; // an empty file is none, as on Unix
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPath(NativeVfs* vfs, byte* path, int room, byte* full)
    {
        var given = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path);
        if (given.Length >= room) { return raw.SQLITE_CANTOPEN; }
        given.CopyTo(new Span<byte>(full, room));
        full[given.Length] = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Randomness(NativeVfs* vfs, int count, byte* to)
    {
        new Span<byte>(to, count).Fill(7);
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(NativeVfs* vfs, int microseconds) => microseconds;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTime(NativeVfs* vfs, double* julianDay)
    {
        *julianDay = 2_461_041.5; // always the same
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LastError(NativeVfs* vfs, int room, byte* text) => raw.SQLITE_OK;

    private static Disk? Find(byte* path, out string name)
    {
        name = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path));
        return Disks.GetValueOrDefault(Path.GetDirectoryName(name) ?? "");
    }
}
