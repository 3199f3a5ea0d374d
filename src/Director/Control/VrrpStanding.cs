using Director.VrrpProcess;

namespace Director.Control;

/// <summary>Where a virtual router stands, as the VRRP process told it last.</summary>
/// <param name="Report">State and reason; null before the first report.</param>
/// <param name="Since">When it got there, UTC.</param>
/// <param name="Counters">What it has counted, by name.</param>
internal sealed record VrrpStanding(VrrpStateReport? Report, DateTimeOffset Since, IReadOnlyDictionary<string, long> Counters);
