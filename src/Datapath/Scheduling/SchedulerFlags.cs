namespace Director.Datapath.Scheduling;

/// <summary>
/// What a service tells its scheduler beside the name, as bits of the service's flags (Linux include/uapi/linux/ip_vs.h,
/// <c>IP_VS_SVC_F_SCHED1</c> to <c>3</c>). Schedulers other than sh and mh look at none.
/// </summary>
[Flags]
public enum SchedulerFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>flag-1</c>; <c>sh-fallback</c>, <c>mh-fallback</c>: another server where the hash finds one that takes none.</summary>
    Fallback = 0x08,

    /// <summary><c>flag-2</c>; <c>sh-port</c>, <c>mh-port</c>: the client's port is hashed too.</summary>
    Port = 0x10,

    /// <summary><c>flag-3</c>, which no scheduler knows.</summary>
    Third = 0x20,
}
