namespace Director.Linux.Netlink;

/// <summary>What the kernel knows about a neighbour (Linux include/uapi/linux/neighbour.h <c>NUD_*</c>; RFC 4861 §7.3.2).</summary>
[Flags]
public enum NeighbourState : ushort
{
    /// <summary>Just made.</summary>
    None = 0,

    /// <summary>Asked for, no answer yet.</summary>
    Incomplete = 0x1,

    /// <summary>Confirmed a short while ago.</summary>
    Reachable = 0x2,

    /// <summary>Known, not confirmed lately.</summary>
    Stale = 0x4,

    /// <summary>In use though stale; will be asked soon.</summary>
    Delay = 0x8,

    /// <summary>Being asked again.</summary>
    Probe = 0x10,

    /// <summary>Does not answer.</summary>
    Failed = 0x20,

    /// <summary>Needs no resolution.</summary>
    NoArp = 0x40,

    /// <summary>Set by hand; never changes by itself.</summary>
    Permanent = 0x80,
}
