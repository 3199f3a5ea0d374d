namespace Director.Datapath;

/// <summary>
/// What Linux lets an operator set, with its defaults (Documentation/networking/ipvs-sysctl.rst), and where kernels disagree, which of them
/// to follow. Immutable. The timeouts of <c>ipvsadm --set</c> are the forwarding table's.
/// </summary>
public sealed record IpvsSettings
{
    /// <summary>The kernel's defaults.</summary>
    public static IpvsSettings Default { get; } = new();

    /// <summary>
    /// <c>conn_reuse_mode</c>, what a SYN does on a connection that it finds: 0 uses it always; 1 makes a new one of one in TIME_WAIT or
    /// CLOSE; 2 and 3 also of one in FIN_WAIT whose answers are not seen here.
    /// </summary>
    public int ConnReuseMode { get; init; } = 1;

    /// <summary>
    /// <c>expire_nodest_conn</c>: the connections of a server that leaves the pool end at once instead of being dropped in silence, and a
    /// SYN on a connection of a server of weight 0 is scheduled anew.
    /// </summary>
    public bool ExpireNodestConn { get; init; }

    /// <summary><c>expire_quiescent_template</c>: persistence does not lead to a server of weight 0.</summary>
    public bool ExpireQuiescentTemplate { get; init; }

    /// <summary><c>sloppy_tcp</c>: any segment but a RST starts a connection, not a SYN only.</summary>
    public bool SloppyTcp { get; init; }

    /// <summary><c>schedule_icmp</c>: an ICMP error about no connection starts one.</summary>
    public bool ScheduleIcmp { get; init; }

    /// <summary><c>secure_tcp=3</c>: the tables of the SYN-flood defence.</summary>
    public bool SecureTcp { get; init; }

    /// <summary>The load rule of wlc, lc, lblc, lblcr and twos.</summary>
    public OverheadRule Overhead { get; init; } = OverheadRule.Total;

    /// <summary><c>lblc_expiration</c>: how long lblc remembers a destination's server that nobody asks for.</summary>
    public TimeSpan LblcExpiration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// <c>lblcr_expiration</c>: the same of lblcr's set of servers, and how long the set stays unchanged before it loses its most loaded
    /// one.
    /// </summary>
    public TimeSpan LblcrExpiration { get; init; } = TimeSpan.FromDays(1);
}
