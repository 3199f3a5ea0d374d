using Director.Perf.Measurement;

namespace Director.Perf.Failover;

/// <summary>What a program did in one cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Program">Director or keepalived.</param>
internal sealed record FailoverResult(FailoverCell Cell, string Program)
{
    private readonly List<FailoverRound> _rounds = [];

    /// <summary>Its rounds.</summary>
    public IReadOnlyList<FailoverRound> Rounds => _rounds;

    /// <summary>From advert to advert: the middle of all rounds, milliseconds.</summary>
    public double Gap => Median.Of(_rounds.Select(round => round.AdvertGap.TotalMilliseconds));

    /// <summary>The longest.</summary>
    public double LongestGap => _rounds.Max(round => round.AdvertGap.TotalMilliseconds);

    /// <summary>What the client lost: the middle of all rounds, milliseconds.</summary>
    public double Outage => Median.Of(_rounds.Select(round => round.Outage.TotalMilliseconds));

    /// <summary>The longest.</summary>
    public double LongestOutage => _rounds.Max(round => round.Outage.TotalMilliseconds);

    /// <summary>From the successor's first advert to its first gratuitous ARP: the middle, milliseconds.</summary>
    public double Announced => Median.Of(_rounds.Select(round => round.Announced.TotalMilliseconds));

    /// <summary>Adds a round.</summary>
    public void Add(FailoverRound round) => _rounds.Add(round);
}
