namespace Director.Vrrp;

/// <summary>The protocol's durations (RFC 3768 §6.1).</summary>
public static class VrrpTimers
{
    /// <summary>Intervals without an advert after which a master counts as gone.</summary>
    public const int DefaultDownTimerAdverts = 3;

    /// <summary>The most that an operator may make of <see cref="DefaultDownTimerAdverts"/>.</summary>
    public const int MostDownTimerAdverts = 100;

    /// <summary>
    /// Skew_Time of version 2: (256 − priority) / 256 seconds, whatever the interval. The higher the priority, the sooner.
    /// </summary>
    public static TimeSpan Skew(byte priority) => TimeSpan.FromTicks((256 - priority) * TimeSpan.TicksPerSecond / 256);

    /// <summary>Master_Down_Interval: so many adverts, three in the RFC, and the skew.</summary>
    public static TimeSpan MasterDown(TimeSpan advertInterval, byte priority, int adverts = DefaultDownTimerAdverts) =>
        (advertInterval * adverts) + Skew(priority);

    /// <summary>Before this long after its last advert no peer, of whatever priority, has given a master up.</summary>
    public static TimeSpan ShortestMasterDown(TimeSpan advertInterval, int adverts = DefaultDownTimerAdverts) =>
        advertInterval * adverts;
}
