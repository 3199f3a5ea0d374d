using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>
/// Options of raw sockets, as far as used (raw(7), ipv6(7); Linux include/uapi/asm-generic/socket.h, linux/in.h, linux/in6.h,
/// linux/filter.h). The same on all platforms that .NET runs on, except where socket.h differs, as on MIPS and SPARC.
/// </summary>
internal static unsafe class SocketAbi
{
    public const int SO_ATTACH_FILTER = 26;
    public const int SO_BINDTOIFINDEX = 62;

    public const int IP_RECVFRAGSIZE = 25;
    public const int IPV6_MULTICAST_ALL = 29;
    public const int IPV6_HDRINCL = 36;
    public const int IPV6_RECVFRAGSIZE = 77;

    /// <summary>The priority that queueing disciplines let pass first, of those open to all (linux/pkt_sched.h).</summary>
    public const int TC_PRIO_INTERACTIVE = 6;

    /// <summary>BPF_RET | BPF_K: a whole classic program that takes as many bytes of each packet as its constant says.</summary>
    public const ushort ClassicReturn = 0x06;

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ClassicInstruction
    {
        public ushort Code;
        public byte IfTrue;
        public byte IfFalse;
        public uint Constant;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ClassicProgram
    {
        public ushort Length;
        public ClassicInstruction* Instructions;
    }
}
