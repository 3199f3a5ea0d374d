namespace Director.Linux.Xdp;

/// <summary>Counters of one port that belong to no lane, written by its worker alone.</summary>
internal sealed class XskPortCounters
{
    public long Dropped;
    public long ToHost;
    public long ToHostRefused;
    public long Unsendable;
}
