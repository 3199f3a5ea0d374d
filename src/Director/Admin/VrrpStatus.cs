namespace Director.Admin;

/// <summary>One virtual router.</summary>
/// <param name="Name">Of the <c>vrrp_instance</c>.</param>
/// <param name="Interface">Where it advertises.</param>
/// <param name="VirtualRouterId">1–255.</param>
/// <param name="Priority">Effective, 1–255.</param>
/// <param name="State"><c>MASTER</c>, <c>BACKUP</c>, <c>FAULT</c> or <c>INIT</c>.</param>
/// <param name="Reason">Why it is so, or empty.</param>
/// <param name="Since">When it got there, UTC.</param>
/// <param name="Addresses">Its VIPs with their prefix lengths.</param>
/// <param name="Counters">RFC 2787 counters by name.</param>
internal sealed record VrrpStatus(
    string Name,
    string Interface,
    int VirtualRouterId,
    int Priority,
    string State,
    string Reason,
    DateTimeOffset Since,
    IReadOnlyList<string> Addresses,
    IReadOnlyDictionary<string, long> Counters);
