using Director.Net.Wire;

namespace Director.Linux;

/// <summary>Counters of one port that belong to none of its sockets, written by its worker alone.</summary>
internal sealed class PortCounters
{
    public long Dropped;
    public long ToHost;
    public long ToHostRefused;
    public long Unsendable;

    /// <summary>Hands the host what follows a frame's Ethernet header and tag, and counts whether it took it.</summary>
    public void HandToHost(IHostPort host, ReadOnlySpan<byte> frame)
    {
        var packet = frame[Math.Min(VlanTag.LinkHeaderLength(frame), frame.Length)..];
        if (!packet.IsEmpty && host.TryWrite(packet)) ToHost++;
        else ToHostRefused++;
    }
}
