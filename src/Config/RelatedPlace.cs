namespace Director.Config;

/// <summary>A second place that a diagnostic is about, such as where a name was first given.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Length">Characters of it; 0 for the word that begins there.</param>
/// <param name="Label">What it is to the first, such as "first given here". Free of control characters.</param>
public sealed record RelatedPlace(SourceLocation Location, int Length, string Label)
{
    /// <summary>Where what is now repeated stood first.</summary>
    public static RelatedPlace First(SourceLocation location) => new(location, 0, "first given here");
}
