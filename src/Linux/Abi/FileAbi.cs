using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>Files: whose they are (statx(2)), changes in directories (inotify(7)), named pipes (mkfifo(3)).</summary>
internal static unsafe partial class FileAbi
{
    public const int AT_FDCWD = -100;

    /// <summary>statx(2): mode, owner and group.</summary>
    public const uint STATX_BASIC = 0x7ff;

    /// <summary>st_mode: what kind of file, and a directory, a named pipe, a symbolic link.</summary>
    public const int S_IFMT = 0xf000, S_IFDIR = 0x4000, S_IFIFO = 0x1000, S_IFREG = 0x8000;

    public const uint IN_MODIFY = 0x2, IN_CLOSE_WRITE = 0x8, IN_MOVED_FROM = 0x40, IN_MOVED_TO = 0x80, IN_CREATE = 0x100, IN_DELETE = 0x200;
    public const uint IN_DELETE_SELF = 0x400, IN_MOVE_SELF = 0x800, IN_Q_OVERFLOW = 0x4000, IN_IGNORED = 0x8000, IN_ONLYDIR = 0x1000000;

    /// <summary>inotify_init1(2): do not block; close on exec.</summary>
    public const int IN_NONBLOCK = 0x800, IN_CLOEXEC = 0x80000;

    private const string Library = "libc.so.6";

    /// <summary>The beginning of struct statx (256 bytes), Linux include/uapi/linux/stat.h.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct Status
    {
        [FieldOffset(20)] public uint User;
        [FieldOffset(24)] public uint Group;
        [FieldOffset(28)] public ushort Mode;
    }

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetStatus(int directory, string path, int flags, uint mask, Status* status);

    [LibraryImport(Library, EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int InitWatch(int flags);

    [LibraryImport(Library, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddWatch(int watch, string path, uint mask);

    [LibraryImport(Library, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakePipe(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    /// <summary>What a path leads to; false, with errno set, if to nothing.</summary>
    public static bool TryGetStatus(string path, out Status status)
    {
        fixed (Status* pointer = &status) return GetStatus(AT_FDCWD, path, 0, STATX_BASIC, pointer) == 0;
    }
}
