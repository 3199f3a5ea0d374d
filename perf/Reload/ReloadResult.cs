namespace Director.Perf.Reload;

/// <summary>How reloads under load went.</summary>
/// <param name="Seconds">From the first look at the file to its being in force, of each.</param>
/// <param name="Stages">Milliseconds of each stage, the median.</param>
/// <param name="Refused">Reloads that were refused, or did not change exactly one thing.</param>
/// <param name="Checks">Checks that run.</param>
/// <param name="Forgotten">Checks that did not know of their last attempt any more, after any reload.</param>
/// <param name="Sent">Packets sent through the virtual service.</param>
/// <param name="Lost">Packets that did not come back.</param>
/// <param name="Adverts">Advertisements meanwhile.</param>
/// <param name="Late">Of these, later than 5 ms, by the director's own count; or left out.</param>
/// <param name="Masterships">Changes of state meanwhile.</param>
internal sealed record ReloadResult(
    IReadOnlyList<double> Seconds, IReadOnlyDictionary<string, double> Stages, int Refused, int Checks, int Forgotten, long Sent, long Lost,
    long Adverts, long Late, long Masterships)
{
    /// <summary>What a reload may take, the median.</summary>
    public const double BoundSeconds = 0.3;

    /// <summary>The median.</summary>
    public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

    /// <summary>Whether nothing was disturbed.</summary>
    public bool IsHarmless => Refused == 0 && Forgotten == 0 && Lost == 0 && Late == 0 && Masterships == 0;

    /// <summary>Whether it was fast, too.</summary>
    public bool Held => IsHarmless && Median <= BoundSeconds;
}
