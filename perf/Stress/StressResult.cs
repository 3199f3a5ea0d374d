namespace Director.Perf.Stress;

/// <summary>How the director's adverts fared.</summary>
/// <param name="Late">How late each left, as the switch saw it.</param>
/// <param name="Missed">Instants of the grid that passed without one.</param>
/// <param name="OfTheOther">Adverts of the other router, which is to stay backup.</param>
/// <param name="Masterships">Times that the first became master while it was under pressure.</param>
/// <param name="LatestByItself">The latest that it says of itself, from its start on.</param>
/// <param name="Bad">Bad adverts sent to both.</param>
/// <param name="Refused">Bad adverts that it counted; the kernel refused the others before it.</param>
/// <param name="Collections">Collections of its main process.</param>
internal sealed record StressResult(
    IReadOnlyList<TimeSpan> Late, int Missed, int OfTheOther, long Masterships, TimeSpan LatestByItself, long Bad, long Refused,
    int Collections)
{
    /// <summary>What all but one advert in a thousand may be late.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(5);

    /// <summary>What all but one in a thousand were.</summary>
    public TimeSpan P999 => AdvertPunctuality.Percentile(Late, 0.999);

    /// <summary>Whether nobody changed places and no advert was left out.</summary>
    public bool Stood => OfTheOther == 0 && Masterships == 0 && Missed == 0;

    /// <summary>Whether adverts were on time, too.</summary>
    public bool Held => Stood && P999 <= Bound;
}
