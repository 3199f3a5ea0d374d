namespace Director.Linux.PacketMmap;

/// <summary>What one worker's port has done since it was opened.</summary>
public sealed class PacketPortStatistics
{
    /// <summary>Reads the counters; they may be written meanwhile.</summary>
    internal PacketPortStatistics(PortCounters counters, IReadOnlyList<PacketSocketStatistics> sockets)
    {
        Dropped = Volatile.Read(ref counters.Dropped);
        ToHost = Volatile.Read(ref counters.ToHost);
        ToHostRefused = Volatile.Read(ref counters.ToHostRefused);
        Unsendable = Volatile.Read(ref counters.Unsendable);
        Sockets = sockets;
    }

    /// <summary>Frames that the forwarder dropped; it counts the reasons.</summary>
    public long Dropped { get; }

    /// <summary>Packets handed to the host's stack.</summary>
    public long ToHost { get; }

    /// <summary>Packets for the host's stack that it did not take.</summary>
    public long ToHostRefused { get; }

    /// <summary>Frames for a device that the port does not have, or of an impossible length: a mistake of ours.</summary>
    public long Unsendable { get; }

    /// <summary>Each device.</summary>
    public IReadOnlyList<PacketSocketStatistics> Sockets { get; }
}
