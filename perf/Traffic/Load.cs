namespace Director.Perf.Traffic;

/// <summary>What the clients do.</summary>
internal enum Load
{
    /// <summary>ACKs of connections that were opened before.</summary>
    Established,

    /// <summary>SYNs, each of a connection that there was none of.</summary>
    New,

    /// <summary>Both at once and paced: of each four frames three begin a connection, and none of the first is to be lost.</summary>
    Mixed,
}
