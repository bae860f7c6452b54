using System.Runtime.InteropServices;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>SQLite's <c>sqlite3_vfs</c>, version 1, in memory order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVfs
{
    public int Version;
    public int FileSize;
    public int LongestPath;
    public NativeVfs* Next;
    public byte* Name;
    public void* Data;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, NativeFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int> Delete;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int*, int> Access;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, byte*, int> FullPath;
    public void* LibraryOpen;
    public void* LibraryError;
    public void* LibrarySymbol;
    public void* LibraryClose;
    public delegate* unmanaged[Cdecl]<NativeVfs*, int, byte*, int> Randomness;
    public delegate* unmanaged[Cdecl]<NativeVfs*, int, int> Sleep;
    public delegate* unmanaged[Cdecl]<NativeVfs*, double*, int> CurrentTime;
    public delegate* unmanaged[Cdecl]<NativeVfs*, int, byte*, int> LastError;
}

/// <summary>SQLite's <c>sqlite3_file</c>, with what is ours behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public NativeMethods* Methods;

    /// <summary>An <see cref="OpenFile"/>'s handle.</summary>
    public nint Open;
}

/// <summary>SQLite's <c>sqlite3_io_methods</c>, version 2, in memory order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Close;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<NativeFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<NativeFile*, long*, int> Size;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Lock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Unlock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int*, int> CheckReserved;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, void*, int> Control;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> SectorSize;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Characteristics;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, void**, int> MapShared;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, int> LockShared;
    public delegate* unmanaged[Cdecl]<NativeFile*, void> Barrier;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> UnmapShared;
}
