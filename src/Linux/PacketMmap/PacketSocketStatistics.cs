using Director.Linux.Abi;

namespace Director.Linux.PacketMmap;

/// <summary>What the sockets of one worker on one device have done since they were opened, by our counters and the kernel's.</summary>
public sealed record PacketSocketStatistics
{
    /// <summary>Name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Frames received, each segment of a super-frame being one.</summary>
    public required long Received { get; init; }

    /// <summary>Super-frames that were cut into segments.</summary>
    public required long SuperFrames { get; init; }

    /// <summary>Frames whose checksum had been left to the hardware, and was completed.</summary>
    public required long ChecksumsCompleted { get; init; }

    /// <summary>Frames dropped: larger than can be taken, or with an offload that cannot be done for the hardware.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Frames that the device took to send.</summary>
    public required long Transmitted { get; init; }

    /// <summary>Frames dropped because it took them not: busy, down, or they were too long for it.</summary>
    public required long TransmitRefused { get; init; }

    /// <summary>The last refusal, such as <c>Network is down (ENETDOWN)</c>, or null.</summary>
    public required string? LastRefusal { get; init; }

    /// <summary>Kernel: frames that the filter let through.</summary>
    public required long Tapped { get; init; }

    /// <summary>Kernel: of these, how many were dropped because we did not take earlier ones in time.</summary>
    public required long RingFull { get; init; }

    /// <summary>Reads a lane's counters and the kernel's.</summary>
    internal static PacketSocketStatistics Of(PacketLane lane)
    {
        var counters = lane.Counters;
        var (packets, drops) = lane.Ring.ReadCounters();
        var errno = Volatile.Read(ref counters.LastRefusal);
        return new()
        {
            Device = lane.Name,
            Received = Volatile.Read(ref counters.Received),
            SuperFrames = Volatile.Read(ref counters.SuperFrames),
            ChecksumsCompleted = Volatile.Read(ref counters.ChecksumsCompleted),
            Unreadable = Volatile.Read(ref counters.Unreadable),
            Transmitted = Volatile.Read(ref counters.Transmitted),
            TransmitRefused = Volatile.Read(ref counters.TransmitRefused),
            LastRefusal = errno == 0 ? null : Errno.Describe(errno),
            Tapped = packets,
            RingFull = drops,
        };
    }
}
