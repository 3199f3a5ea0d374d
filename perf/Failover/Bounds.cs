namespace Director.Perf.Failover;

/// <summary>What is asked of the director: as soon as keepalived, and with adverts each 10 ms soon enough for most clients.</summary>
internal static class Bounds
{
    /// <summary>By how much its median may be over keepalived's, milliseconds.</summary>
    public const double OverKeepalived = 2;

    /// <summary>What a crash may cost the client at most when adverts come each 10 ms, milliseconds.</summary>
    public const double ShortestCrash = 50;

    /// <summary>What a planned switch may cost it then beyond the skew, milliseconds.</summary>
    public const double BeyondSkew = 3;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    /// <summary>Why a result is not good enough; empty if it is.</summary>
    /// <param name="ours">The director's.</param>
    /// <param name="theirs">keepalived's of the same cell.</param>
    public static IReadOnlyList<string> Exceeded(FailoverResult ours, FailoverResult theirs)
    {
        var exceeded = new List<string>();
        Require(ours.Gap <= theirs.Gap + OverKeepalived, "later than keepalived by its adverts");
        Require(ours.Outage <= theirs.Outage + OverKeepalived || ours.Cell.End == MasterEnd.Crash, "later than keepalived for the client");
        if (ours.Cell.Interval > Shortest) return exceeded;
        var most = ours.Cell.End == MasterEnd.Crash ? ShortestCrash : ours.Cell.Due.TotalMilliseconds + BeyondSkew;
        Require(ours.Outage <= most, FormattableString.Invariant($"costs the client more than {most:0.0} ms"));
        return exceeded;

        void Require(bool holds, string what)
        {
            if (!holds) exceeded.Add(what);
        }
    }
}
