using Director.Net;

namespace Director.Vrrp;

/// <summary>
/// What the host has while the director runs, whoever is master (keepalived.conf(5), <c>static_ipaddress</c>, <c>static_routes</c>,
/// <c>static_rules</c>): set at the start, set again when somebody takes it away, removed when it leaves the configuration. Immutable.
/// </summary>
public sealed record HostSettings
{
    /// <summary>Nothing.</summary>
    public static HostSettings None { get; } = new();

    /// <summary>Addresses, each with an interface.</summary>
    public IReadOnlyList<VirtualAddress> Addresses { get; init; } = [];

    /// <summary>Routes.</summary>
    public IReadOnlyList<VirtualRoute> Routes { get; init; } = [];

    /// <summary>Rules.</summary>
    public IReadOnlyList<VirtualRule> Rules { get; init; } = [];

    /// <summary>Whether it reports the groups of 224.0.0.0/24 that it is a member of; RFC 4541 §2.1.2 needs no report of them.</summary>
    public bool ReportsLinkLocalGroups { get; init; } = true;

    /// <summary>The interfaces whose changes are believed after a while, each once.</summary>
    public IReadOnlyList<LinkDelays> LinkDelays { get; init; } = [];

    /// <summary>How fast announcements follow each other.</summary>
    public IReadOnlyList<AnnouncementPace> Paces { get; init; } = [];
}
