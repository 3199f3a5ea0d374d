namespace Director.Datapath;

/// <summary>
/// Ports that IPVS treats as FTP's: a service of port 21 is also found by its data connections (Linux net/netfilter/ipvs/ip_vs_ctl.c).
/// </summary>
public static class FtpPorts
{
    /// <summary>Control connections (RFC 959).</summary>
    public const ushort Control = 21;

    /// <summary>Active data connections. What comes from there starts nothing.</summary>
    public const ushort Data = 20;

    /// <summary>Passive data connections go here and above: <c>net.ipv4.ip_unprivileged_port_start</c> as it is by default.</summary>
    public const ushort FirstUnprivileged = 1024;
}
