namespace Director.Admin;

/// <summary>One virtual service.</summary>
/// <param name="Key">As logged: <c>[192.0.2.1]:tcp:80</c>.</param>
/// <param name="Scheduler">Such as <c>wlc</c>.</param>
/// <param name="Forwarding"><c>DR</c>.</param>
/// <param name="PersistenceSeconds">Or null without persistence.</param>
/// <param name="Quorum">Whether enough weight is alive.</param>
/// <param name="Servers">In the order of the configuration.</param>
internal sealed record ServiceStatus(
    string Key,
    string Scheduler,
    string Forwarding,
    double? PersistenceSeconds,
    bool Quorum,
    IReadOnlyList<ServerStatus> Servers);
