namespace Director.Linux.PacketMmap;

/// <summary>Counters of one lane, written by its worker alone. Another thread reads each whole, but not all of one moment.</summary>
internal sealed class PacketLaneCounters
{
    public long Received;
    public long SuperFrames;
    public long ChecksumsCompleted;
    public long Unreadable;
    public long Transmitted;
    public long TransmitRefused;
    public int LastRefusal;
}
