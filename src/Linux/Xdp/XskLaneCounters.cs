namespace Director.Linux.Xdp;

/// <summary>Counters of one lane, written by its worker alone. Another thread reads each whole, but not all of one moment.</summary>
internal sealed class XskLaneCounters
{
    public long Received;
    public long Transmitted;
    public long TransmitFull;
    public long RefusedReceives;
    public long RefusedCompletions;
    public long RefusedSlots;
    public long Kicks;
    public long KicksUnfinished;
    public long KicksRefused;
    public int LastKickErrno;
}
