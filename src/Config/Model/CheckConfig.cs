namespace Director.Config;

/// <summary>
/// A check of a real server, of any kind, with what it inherits from its real server and virtual server filled in. A derived record for
/// each kind.
/// </summary>
/// <param name="Timing">When it is tried and what its attempts mean; of one that is told and never tried,
/// <see cref="CheckTimingConfig.Told"/>.</param>
/// <param name="Location">Where its block begins.</param>
public abstract record CheckConfig(CheckTimingConfig Timing, SourceLocation Location)
{
    /// <summary>The keyword of its block, such as <c>TCP_CHECK</c>.</summary>
    public abstract string Keyword { get; }

    /// <summary>What is tried, on one line, as a reload's plan tells it; of equal checks equal.</summary>
    public abstract string Shown { get; }
}
