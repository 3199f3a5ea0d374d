namespace Director.Perf.Failover;

/// <summary>How a master ends.</summary>
internal enum MasterEnd
{
    /// <summary>Its cable is pulled and all its processes are killed: the machine lost power.</summary>
    Crash,

    /// <summary>SIGTERM: it resigns by priority 0.</summary>
    Planned,
}
