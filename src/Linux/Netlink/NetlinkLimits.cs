namespace Director.Linux.Netlink;

/// <summary>Bounds of this folder.</summary>
internal static class NetlinkLimits
{
    /// <summary>Bytes of the longest request that is written.</summary>
    public const int RequestSize = 8192;

    /// <summary>Bytes of one receive: the kernel fills at most 32 KiB (Linux net/netlink/af_netlink.c, netlink_recvmsg).</summary>
    public const int ReceiveSize = 64 * 1024;

    /// <summary>Bytes of events that may wait for a <see cref="RouteMonitor"/> before the kernel drops some and says so.</summary>
    public const int MonitorBufferSize = 4 * 1024 * 1024;

    /// <summary>How often a dump is begun anew because the table changed under it.</summary>
    public const int DumpAttempts = 8;
}
