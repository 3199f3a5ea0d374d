namespace Director.Perf.Failover;

/// <summary>One failover, as the wire saw it.</summary>
/// <param name="AdvertGap">From the last advert, of priority 0 if it is a planned one, to the successor's first.</param>
/// <param name="Announced">From there to its first gratuitous ARP.</param>
/// <param name="Outage">From the last answer that the client got from the one to the first that it got from the other.</param>
internal sealed record FailoverRound(TimeSpan AdvertGap, TimeSpan Announced, TimeSpan Outage);
