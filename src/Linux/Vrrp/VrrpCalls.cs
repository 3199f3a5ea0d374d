using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Linux.Vrrp;

/// <summary>The socket calls of the VRRP link, with the structures they take (ip(7), raw(7), packet(7)); all set errno.</summary>
internal static unsafe partial class VrrpCalls
{
    public const int AF_INET = 2;
    public const int AF_PACKET = 17;
    public const int SOCK_RAW = 3;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1;
    public const int SO_RCVBUF = 8;
    public const int SO_PRIORITY = 12;
    public const int SO_BINDTOIFINDEX = 62;
    public const int IPPROTO_IP = 0;
    public const int IP_HDRINCL = 3;
    public const int IP_MULTICAST_IF = 32;
    public const int IP_MULTICAST_LOOP = 34;
    public const int IP_ADD_MEMBERSHIP = 35;
    public const int IP_MULTICAST_ALL = 49;
    public const int MSG_DONTROUTE = 0x4;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const short POLLIN = 1;

    /// <summary>
    /// The priority that queueing disciplines let pass first, of those open to all (Linux include/uapi/linux/pkt_sched.h).
    /// </summary>
    public const int TC_PRIO_INTERACTIVE = 6;

    private const string Library = "libc.so.6";

    /// <summary>struct sockaddr_in; port and address in network order.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    public struct InetAddress
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
    }

    /// <summary>struct sockaddr_ll; protocol in network order.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 20)]
    public struct PacketAddress
    {
        public ushort Family;
        public ushort Protocol;
        public int Link;
    }

    /// <summary>struct ip_mreqn; addresses in network order.</summary>
    public struct MulticastRequest
    {
        public uint Group;
        public uint Local;
        public int Link;
    }

    /// <summary>socket(2).</summary>
    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    /// <summary>bind(2).</summary>
    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, void* address, uint addressLength);

    /// <summary>setsockopt(2).</summary>
    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int option, void* value, uint length);

    /// <summary>sendto(2).</summary>
    [LibraryImport(Library, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint Send(int descriptor, byte* data, nuint length, int flags, void* address, uint addressLength);

    /// <summary>recv(2).</summary>
    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int descriptor, byte* data, nuint length, int flags);

    /// <summary>ppoll(2), which waits to the nanosecond where poll(2) rounds to milliseconds.</summary>
    [LibraryImport(Library, EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(Tmds.Linux.pollfd* descriptors, nuint count, Libc.Timespec* timeout, void* signals);
}
