namespace Director.Admin;

/// <summary>What the XDP programs forward by themselves. Counters of it stand with the others.</summary>
/// <param name="State"><c>on</c>, <c>partly</c>, <c>proving</c> or <c>off</c>.</param>
/// <param name="Why">Why that state, in words; if something is in the way, what to do.</param>
/// <param name="Flows">Flows that they have now.</param>
/// <param name="Capacity">IPv4 flows that the table has room for; 0 if there is none.</param>
/// <param name="Ways">Of each device that servers are behind, in words, whether what they send by it arrives.</param>
internal sealed record OffloadStatus(string State, string Why, long Flows, long Capacity, IReadOnlyList<string> Ways);
