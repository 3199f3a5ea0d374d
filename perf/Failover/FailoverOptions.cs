namespace Director.Perf.Failover;

/// <summary>What <c>./dev failover</c> was asked to do.</summary>
internal sealed record FailoverOptions
{
    /// <summary>How often each program loses its master in each way; ours and keepalived's by turns.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>From advert to advert.</summary>
    public IReadOnlyList<TimeSpan> Intervals { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(10)];

    /// <summary>How masters end.</summary>
    public IReadOnlyList<MasterEnd> Ends { get; init; } = [MasterEnd.Crash, MasterEnd.Planned];

    /// <summary>The director's program.</summary>
    public string Director { get; init; } = "artifacts/director/director";

    /// <summary>Where the figures go as JSON; null for nowhere.</summary>
    public string? Json { get; init; }
}
