namespace Director.Linux.Xdp;

/// <summary>Bounds of AF_XDP ports. All memory is taken when a port is opened.</summary>
public static class XdpLimits
{
    /// <summary>Bytes of a frame's memory: the kernel's 256 in front, then 1792, enough for an MTU of 1500 with tags.</summary>
    public const int FrameSize = 2048;

    /// <summary>Bytes of IP packet that fit into a frame behind the kernel's headroom, an Ethernet header and two VLAN tags.</summary>
    public const int MaxMtu = FrameSize - Abi.XdpAbi.XDP_PACKET_HEADROOM - 14 - 8;

    /// <summary>
    /// Entries of each ring unless told otherwise: what waits while a worker is held up, such as 4 ms at a million frames per second,
    /// for which another thread may have its processor (sched(7): a slice, a tick).
    /// </summary>
    public const int DefaultRingEntries = 4096;

    /// <summary>The fewest entries of a ring.</summary>
    public const int MinRingEntries = 64;

    /// <summary>The most entries of a ring.</summary>
    public const int MaxRingEntries = 32768;

    /// <summary>The most sockets of one port: devices times the queues of each that one worker serves.</summary>
    public const int MaxSockets = 64;
}
