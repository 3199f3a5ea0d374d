namespace Director.Perf.Traffic;

/// <summary>What the clients do.</summary>
internal enum Load
{
    /// <summary>ACKs of connections that were opened before.</summary>
    Established,

    /// <summary>SYNs, each of a connection that there was none of.</summary>
    New,
}
