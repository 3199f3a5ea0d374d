using System.Runtime.InteropServices;

namespace Director.Linux.Tun;

/// <summary>Linux include/uapi/linux/if_tun.h, and the calls that a TUN device needs; all set errno.</summary>
internal static unsafe partial class TunCalls
{
    public const int O_RDWR = 2;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;

    public const nuint TUNSETIFF = 0x400454ca;
    public const short IFF_TUN = 0x1;
    public const short IFF_NO_PI = 0x1000;
    public const short IFF_TUN_EXCL = unchecked((short)0x8000);

    /// <summary>Bytes of an interface's name with its NUL (IFNAMSIZ).</summary>
    public const int NameSize = 16;

    /// <summary>Bytes of <c>struct ifreq</c>: the name, then a union, of which the flags are the first two bytes.</summary>
    public const int RequestSize = 40;

    private const string Library = "libc.so.6";

    /// <summary>open(2).</summary>
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>ioctl(2).</summary>
    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, void* argument);

    /// <summary>write(2).</summary>
    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* data, nuint length);
}
