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
/// <param name="Counters">Counters of RFC 2787 and RFC 6527 by name.</param>
internal sealed record VrrpStatus(
    string Name,
    string Interface,
    int VirtualRouterId,
    int Priority,
    string State,
    string Reason,
    DateTimeOffset Since,
    IReadOnlyList<string> Addresses,
    IReadOnlyDictionary<string, long> Counters)
{
    /// <summary>2 or 3.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Where its advertisements go: the group, or the peers.</summary>
    public IReadOnlyList<string> SentTo { get; init; } = [];

    /// <summary>Why it last became master: <c>notMaster</c>, <c>priority</c>, <c>preempted</c>, <c>masterNoResponse</c>.</summary>
    public string NewMasterReason { get; init; } = "notMaster";

    /// <summary>
    /// What was last wrong with a datagram: <c>noError</c>, <c>ipTtlError</c>, <c>versionError</c>, <c>checksumError</c>.
    /// </summary>
    public string LastProtocolError { get; init; } = "noError";

    /// <summary>Who else is master of it; null while nobody is known to be.</summary>
    public RivalStatus? Rival { get; init; }
}
