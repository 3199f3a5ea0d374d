namespace Director.Ipvsadm;

/// <summary>What an ipvsadm command line asks for.</summary>
internal enum IpvsadmAction
{
    /// <summary><c>-L</c>: services and their servers.</summary>
    Services,

    /// <summary><c>-Lc</c>: connections.</summary>
    Connections,

    /// <summary><c>-L --timeout</c>.</summary>
    Timeouts,

    /// <summary><c>-L --daemon</c>: the synchronisation daemons, of which a director has none.</summary>
    Daemons,

    /// <summary><c>-S</c>: services and servers as the commands that would make them.</summary>
    Rules,

    /// <summary><c>-Z</c>: counters and rates to zero.</summary>
    Zero,
}
