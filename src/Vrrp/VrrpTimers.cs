namespace Director.Vrrp;

/// <summary>The protocol's durations (RFC 3768 §6.1).</summary>
public static class VrrpTimers
{
    private const int Adverts = 3;

    /// <summary>
    /// Skew_Time of version 2: (256 − priority) / 256 seconds, whatever the interval. The higher the priority, the sooner.
    /// </summary>
    public static TimeSpan Skew(byte priority) => TimeSpan.FromTicks((256 - priority) * TimeSpan.TicksPerSecond / 256);

    /// <summary>Master_Down_Interval: three adverts and the skew.</summary>
    public static TimeSpan MasterDown(TimeSpan advertInterval, byte priority) => (advertInterval * Adverts) + Skew(priority);

    /// <summary>Before this long after its last advert no peer, of whatever priority, has given a master up.</summary>
    public static TimeSpan ShortestMasterDown(TimeSpan advertInterval) => advertInterval * Adverts;
}
