namespace Director.Control;

/// <summary>Where a virtual router stands, as the VRRP process told it last.</summary>
/// <param name="State"><c>INIT</c>, <c>BACKUP</c>, <c>MASTER</c> or <c>FAULT</c>.</param>
/// <param name="Reason">Why, in words; empty before the first report.</param>
/// <param name="Since">When it got there, UTC.</param>
/// <param name="Counters">What it has counted, by name.</param>
internal sealed record VrrpStanding(string State, string Reason, DateTimeOffset Since, IReadOnlyDictionary<string, long> Counters);
