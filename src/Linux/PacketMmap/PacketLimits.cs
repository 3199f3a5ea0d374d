namespace Director.Linux.PacketMmap;

/// <summary>Bounds of AF_PACKET ports. All memory is taken when a port is opened.</summary>
public static class PacketLimits
{
    /// <summary>Slots of each receive ring unless told otherwise: what waits while a worker is held up.</summary>
    public const int DefaultRingEntries = 2048;

    /// <summary>The fewest slots of a ring.</summary>
    public const int MinRingEntries = 64;

    /// <summary>The most slots of a ring.</summary>
    public const int MaxRingEntries = 32768;

    /// <summary>The most workers: members of one fanout group (Linux net/packet/internal.h, PACKET_FANOUT_MAX before 5.15).</summary>
    public const int MaxWorkers = 256;

    /// <summary>Bytes of a slot for devices of the usual MTU; others have the next power of two that their frames fit in.</summary>
    public const int MinSlotSize = 2048;

    /// <summary>Bytes in front of a frame that are free for a tag or an outer header.</summary>
    public const int Headroom = 64;

    /// <summary>Bytes of the largest frame that is taken to be cut into segments: an IP packet of 64 KiB with its link header.</summary>
    public const int MaxSuperFrame = 65536 + 32;

    /// <summary>Bytes of such frames that wait in the kernel, and of frames to be sent.</summary>
    internal const int SocketBuffer = 16 << 20;
}
