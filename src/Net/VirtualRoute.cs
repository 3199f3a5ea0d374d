namespace Director.Net;

/// <summary>
/// A route that the master has and a backup has not (keepalived.conf(5), <c>virtual_routes</c>, after ip-route(8)). Immutable; two that
/// say the same are equal.
/// </summary>
/// <param name="Destination">The network it leads to; 0.0.0.0 or <c>::</c> with length 0 is the default route, of that family.</param>
/// <param name="DestinationLength">Bits of the destination, 0–32 or 0–128.</param>
public sealed record VirtualRoute(IpAddress128 Destination, int DestinationLength)
{
    /// <summary>The main routing table.</summary>
    public const uint MainTable = 254;

    /// <summary>The protocol that keepalived writes, 18 (<c>ip route show proto keepalived</c>).</summary>
    public const byte KeepalivedProtocol = 18;

    /// <summary>Where it leads.</summary>
    public RouteKind Kind { get; init; } = RouteKind.Unicast;

    /// <summary>IPv6: the network that packets must come from (<c>from</c>); null for any.</summary>
    public IpAddress128? Source { get; init; }

    /// <summary>Bits of <see cref="Source"/>.</summary>
    public int SourceLength { get; init; }

    /// <summary>The router on the way (<c>via</c>), which may be of the other family; null if the destination is on the link.</summary>
    public IpAddress128? Gateway { get; init; }

    /// <summary>The source of packets that this host sends there (<c>src</c>); null leaves it to the kernel.</summary>
    public IpAddress128? PreferredSource { get; init; }

    /// <summary>The interface; null to let the kernel find it.</summary>
    public string? Device { get; init; }

    /// <summary>The routing table.</summary>
    public uint Table { get; init; } = MainTable;

    /// <summary>Who set it.</summary>
    public byte Protocol { get; init; } = KeepalivedProtocol;

    /// <summary>IPv4: how far the destination is (<c>RT_SCOPE_*</c>): 0 global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>Of several routes to one destination the lowest counts; 0 leaves it to the kernel.</summary>
    public uint Metric { get; init; }

    /// <summary>IPv4: the type of service that packets must have.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>Whether the gateway is reached directly whatever the addresses say.</summary>
    public bool IsOnLink { get; init; }

    /// <summary>IPv6: the router preference of RFC 4191 (0 medium, 1 high, 3 low); null for none.</summary>
    public byte? Preference { get; init; }

    /// <summary>Where it goes among others of its kind.</summary>
    public RoutePlacement Placement { get; init; }

    /// <summary>IPv4: the realms of packets from and to there, sixteen bits each (<c>realms</c>); 0 for none.</summary>
    public uint Realms { get; init; }

    /// <summary>IPv6: after how many seconds the kernel removes it (<c>expires</c>); null for never.</summary>
    public uint? Lifetime { get; init; }

    /// <summary>How TCP's congestion is controlled there (<c>congctl</c>), at most 15 bytes; null for the host's way.</summary>
    public string? CongestionControl { get; init; }

    /// <summary>Whether sockets may not choose another way (<c>congctl lock</c>).</summary>
    public bool LocksCongestionControl { get; init; }

    /// <summary>The metrics that are set.</summary>
    public IReadOnlyList<RouteMetric> Metrics { get; init; } = [];

    /// <summary>Its ways, if there are several; then it has no gateway and interface of its own.</summary>
    public IReadOnlyList<RouteHop> Hops { get; init; } = [];

    /// <summary>Whether its loss, or that of its interface, concerns the instance (no <c>no_track</c>).</summary>
    public bool IsTracked { get; init; } = true;

    /// <summary>Whether it is a route of IPv4.</summary>
    public bool IsV4 => Destination.IsV4;

    /// <summary>The interfaces that it names.</summary>
    public IEnumerable<string> Devices() => Hops.Select(hop => hop.Device).Prepend(Device).OfType<string>();

    /// <inheritdoc/>
    public bool Equals(VirtualRoute? other) =>
        other is not null
        && (Destination, DestinationLength, Kind, Source, SourceLength, Gateway, PreferredSource, Device)
            == (other.Destination, other.DestinationLength, other.Kind, other.Source, other.SourceLength, other.Gateway,
                other.PreferredSource, other.Device)
        && (Table, Protocol, Scope, Metric, TypeOfService, IsOnLink, Preference, IsTracked)
            == (other.Table, other.Protocol, other.Scope, other.Metric, other.TypeOfService, other.IsOnLink, other.Preference,
                other.IsTracked)
        && (Placement, Realms, Lifetime, CongestionControl, LocksCongestionControl)
            == (other.Placement, other.Realms, other.Lifetime, other.CongestionControl, other.LocksCongestionControl)
        && Metrics.SequenceEqual(other.Metrics) && Hops.SequenceEqual(other.Hops);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Destination, DestinationLength, Kind, Gateway, Device, Table, Metric);

    /// <summary>As ip-route(8) begins it, such as <c>10.0.0.0/8 via 192.0.2.1 dev eth0 table 100</c>.</summary>
    public override string ToString()
    {
        var kind = Kind == RouteKind.Unicast ? "" : Kind.ToString().ToLowerInvariant() + " ";
        var to = DestinationLength == 0 ? "default" : $"{Destination}/{DestinationLength}";
        return $"{kind}{to}{(Gateway is { } gateway ? $" via {gateway}" : "")}{(Device is null ? "" : $" dev {Device}")}" +
            $"{string.Concat(Hops.Select(hop => $" nexthop via {hop.Gateway}"))}{(Table == MainTable ? "" : $" table {Table}")}";
    }
}
