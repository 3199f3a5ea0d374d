using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// How long packets may go unserved before every master resigns, and what follows from that for those who watch. Pure; both processes
/// reckon it from the same instances.
/// </summary>
internal static class StallPatience
{
    // What is told is as old as two heartbeats and an idle worker's sleep, each of which is so much of it.
    private const int HeartbeatsPerStall = 8;

    /// <summary>The shortest advert interval, or <see cref="ControlLimits.LongestStall"/> if that is shorter.</summary>
    public static TimeSpan ShortestInterval(IReadOnlyList<VrrpInstanceSettings> instances)
    {
        var shortest = ControlLimits.LongestStall;
        foreach (var instance in instances)
        {
            if (instance.AdvertInterval < shortest) shortest = instance.AdvertInterval;
        }

        return shortest;
    }

    /// <summary>A router whose packets are not served is master until its next advert, but no stall is shorter than that.</summary>
    public static TimeSpan Of(TimeSpan shortestInterval, TimeSpan shortestStall) =>
        shortestInterval > shortestStall ? shortestInterval : shortestStall;

    /// <summary>Between two heartbeats, and the longest sleep of an idle worker.</summary>
    public static TimeSpan HeartbeatsOf(TimeSpan patience)
    {
        var period = patience / HeartbeatsPerStall;
        return period < ControlLimits.BetweenHeartbeats ? period : ControlLimits.BetweenHeartbeats;
    }

    /// <summary>When a worker that stands still is logged: before the VRRP process resigns for it.</summary>
    public static TimeSpan WarningOf(TimeSpan patience) => HeartbeatsOf(patience) * 4;
}
