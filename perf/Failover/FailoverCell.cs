using Director.Perf.Routers;

namespace Director.Perf.Failover;

/// <summary>One kind of failover.</summary>
/// <param name="Interval">From advert to advert.</param>
/// <param name="End">How the master ends.</param>
internal sealed record FailoverCell(TimeSpan Interval, MasterEnd End)
{
    /// <summary>Both routers': none preempts the other, so each is the next to lose its mastership.</summary>
    public RouterPlan Plan { get; } = new() { Version = Interval < TimeSpan.FromSeconds(1) ? 3 : 2, Priority = 100, Interval = Interval };

    /// <summary>From the last advert to the successor's first, by the RFCs.</summary>
    public TimeSpan Due => End == MasterEnd.Crash ? Plan.MasterDown : Plan.Skew;
}
