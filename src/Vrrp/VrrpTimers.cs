namespace Director.Vrrp;

/// <summary>The protocol's durations (RFC 3768 §6.1, RFC 9568 §6.1).</summary>
public static class VrrpTimers
{
    /// <summary>Intervals without an advert after which a master counts as gone.</summary>
    public const int DefaultDownTimerAdverts = 3;

    /// <summary>The most that an operator may make of <see cref="DefaultDownTimerAdverts"/>.</summary>
    public const int MostDownTimerAdverts = 100;

    /// <summary>
    /// Skew_Time: (256 − priority) / 256 of a second in version 2, of the master's interval in version 3. The higher the priority, the
    /// sooner.
    /// </summary>
    public static TimeSpan Skew(VrrpVersion version, TimeSpan masterInterval, byte priority)
    {
        var whole = version == VrrpVersion.V2 ? TimeSpan.TicksPerSecond : masterInterval.Ticks;
        return TimeSpan.FromTicks((256 - priority) * whole / 256);
    }

    /// <summary>Master_Down_Interval: so many adverts of the master, three in the RFC, and the skew.</summary>
    public static TimeSpan MasterDown(
        VrrpVersion version, TimeSpan masterInterval, byte priority, int adverts = DefaultDownTimerAdverts) =>
        (masterInterval * adverts) + Skew(version, masterInterval, priority);

    /// <summary>Before this long after its last advert no peer, of whatever priority, has given a master up.</summary>
    public static TimeSpan ShortestMasterDown(TimeSpan masterInterval, int adverts = DefaultDownTimerAdverts) =>
        masterInterval * adverts;
}
