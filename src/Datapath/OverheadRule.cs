namespace Director.Datapath;

/// <summary>What wlc and lc take as a server's load beside 256 per active connection. Kernels differ.</summary>
public enum OverheadRule
{
    /// <summary>All its connections: newer kernels (Debian's 6.1 from 6.1.187 on).</summary>
    Total,

    /// <summary>Its inactive connections: older kernels (Linux net/netfilter/ipvs/ip_vs_wlc.c before "totalconns").</summary>
    Inactive,
}
