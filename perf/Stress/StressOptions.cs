namespace Director.Perf.Stress;

/// <summary>What <c>./dev stress</c> was asked to do.</summary>
internal sealed record StressOptions
{
    /// <summary>How long.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From advert to advert.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Bad adverts a second.</summary>
    public int BadAdverts { get; init; } = 10_000;

    /// <summary>Threads that do nothing but compute; two for each processor unless told.</summary>
    public int BusyThreads { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>The director's program.</summary>
    public string Director { get; init; } = "artifacts/director/director";
}
