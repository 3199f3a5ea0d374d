namespace Director.Linux.Xdp;

/// <summary>What one worker's port has done since it was opened.</summary>
public sealed class XskPortStatistics
{
    /// <summary>Reads the counters; they may be written meanwhile.</summary>
    internal XskPortStatistics(PortCounters counters, bool hugePages, int frames, int free, IReadOnlyList<XskSocketStatistics> sockets)
    {
        Dropped = Volatile.Read(ref counters.Dropped);
        ToHost = Volatile.Read(ref counters.ToHost);
        ToHostRefused = Volatile.Read(ref counters.ToHostRefused);
        Unsendable = Volatile.Read(ref counters.Unsendable);
        (HugePages, Frames, FreeFrames, Sockets) = (hugePages, frames, free, sockets);
    }

    /// <summary>Frames that the forwarder dropped; it counts the reasons.</summary>
    public long Dropped { get; }

    /// <summary>Packets handed to the host's stack.</summary>
    public long ToHost { get; }

    /// <summary>Packets for the host's stack that it did not take.</summary>
    public long ToHostRefused { get; }

    /// <summary>Frames for a device that the port does not have, or of an impossible length or place: a mistake of ours.</summary>
    public long Unsendable { get; }

    /// <summary>Whether the frames' memory is in huge pages.</summary>
    public bool HugePages { get; }

    /// <summary>Frames that the port has memory for.</summary>
    public int Frames { get; }

    /// <summary>Of these, how many nobody has now. The rest is posted, outstanding or in the worker's batch.</summary>
    public int FreeFrames { get; }

    /// <summary>Each socket.</summary>
    public IReadOnlyList<XskSocketStatistics> Sockets { get; }
}
