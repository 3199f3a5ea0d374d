using System.Runtime.InteropServices;

namespace Director.Linux.Netlink;

/// <summary>The socket calls that netlink needs, with netlink's own address structure; all set errno.</summary>
internal static unsafe partial class NetlinkCalls
{
    public const int SOCK_RAW = 3;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1;
    public const int SO_RCVBUF = 8;
    public const int SO_RCVBUFFORCE = 33;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;

    private const string Library = "libc.so.6";

    /// <summary>Linux include/uapi/linux/netlink.h <c>struct sockaddr_nl</c>; port 0 is the kernel.</summary>
    public struct SocketAddress
    {
        public ushort Family;
        public ushort Padding;
        public uint Port;
        public uint Groups;
    }

    /// <summary>socket(2).</summary>
    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    /// <summary>bind(2).</summary>
    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, SocketAddress* address, uint addressLength);

    /// <summary>setsockopt(2) of an int.</summary>
    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int option, int* value, uint length);

    /// <summary>sendto(2), to the kernel.</summary>
    [LibraryImport(Library, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint Send(int descriptor, byte* data, nuint length, int flags, SocketAddress* address, uint addressLength);

    /// <summary>recvfrom(2).</summary>
    [LibraryImport(Library, EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint Receive(int descriptor, byte* data, nuint length, int flags, SocketAddress* address, uint* addressLength);
}
