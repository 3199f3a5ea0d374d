namespace Director.Linux.Host;

/// <summary>
/// The capabilities that the program can use (capabilities(7); Linux include/uapi/linux/capability.h). The value is the bit's number.
/// </summary>
public enum Capability
{
    /// <summary>Addresses, neighbours, TUN devices, attaching XDP programs.</summary>
    NetAdmin = 12,

    /// <summary>Raw sockets: VRRP, AF_PACKET, AF_XDP.</summary>
    NetRaw = 13,

    /// <summary>Locking memory beyond RLIMIT_MEMLOCK.</summary>
    IpcLock = 14,

    /// <summary>Everything; before Linux 5.8 the only way to BPF.</summary>
    SysAdmin = 21,

    /// <summary>Real-time scheduling.</summary>
    SysNice = 23,

    /// <summary>BPF programs whose pointers go by what a packet says, Linux 5.8 and later.</summary>
    Perfmon = 38,

    /// <summary>BPF maps and programs, Linux 5.8 and later.</summary>
    Bpf = 39,
}
