namespace Director.Tests.Interop;

/// <summary>How exact times must be.</summary>
/// <param name="Tolerance">The matrix's: what may be missing, and what may be too much.</param>
/// <param name="MostExcused">
/// The longest standstill of the machine that excuses being late, so that no formula passes for another.
/// </param>
internal readonly record struct Timing(TimeSpan Tolerance, TimeSpan MostExcused)
{
    /// <summary>Adverts each second; priorities 100 and 150 are 195 ms apart.</summary>
    public static Timing Seconds { get; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(95));

    /// <summary>Adverts ten times a second, or twice; priorities 100 and 150 are 20 ms apart, or more.</summary>
    public static Timing Tenths { get; } = new(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(12));
}
