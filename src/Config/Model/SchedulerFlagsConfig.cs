namespace Director.Config;

/// <summary>Flags of the scheduler of a <c>virtual_server</c>; what they mean is the scheduler's.</summary>
[Flags]
public enum SchedulerFlagsConfig
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>flag-1</c>, which is <c>sh-fallback</c> and <c>mh-fallback</c>.</summary>
    Flag1 = 1,

    /// <summary><c>flag-2</c>, which is <c>sh-port</c> and <c>mh-port</c>.</summary>
    Flag2 = 2,

    /// <summary><c>flag-3</c>.</summary>
    Flag3 = 4,
}
