namespace Director.Ipvsadm;

/// <summary>Which numbers a list of services shows.</summary>
internal enum IpvsadmColumns
{
    /// <summary>Forwarding, weight and connections.</summary>
    Default,

    /// <summary><c>--stats</c>: traffic since the zero point.</summary>
    Stats,

    /// <summary><c>--rate</c>: traffic per second.</summary>
    Rate,

    /// <summary><c>--thresholds</c>: limits of connections.</summary>
    Thresholds,

    /// <summary><c>--persistent-conn</c>: persistence templates.</summary>
    PersistentConnections,
}
