namespace Director.Linux.Netlink;

/// <summary>What processes do that we are told of (Linux include/uapi/linux/cn_proc.h).</summary>
public enum ProcessEventKind
{
    /// <summary>The kernel confirms that it tells us.</summary>
    Confirmed,

    /// <summary>A process was made, a copy of another.</summary>
    Forked,

    /// <summary>It runs another program.</summary>
    Executed,

    /// <summary>It has another name.</summary>
    Renamed,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>More happened than could be remembered.</summary>
    Overrun,
}
