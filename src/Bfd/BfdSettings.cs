using Director.Net;

namespace Director.Bfd;

/// <summary>
/// What an operator wants of one session (keepalived.conf(5), <c>bfd_instance</c>). Immutable. <see cref="Problem"/> says what the
/// engine would refuse.
/// </summary>
public sealed record BfdSettings
{
    /// <summary>Hop limit of packets that no router has touched (RFC 5881 §5).</summary>
    public const byte FullHopLimit = 255;

    /// <summary>The name in logs and reports.</summary>
    public required string Name { get; init; }

    /// <summary>Who is watched.</summary>
    public required IpAddress128 Neighbor { get; init; }

    /// <summary>The source of our packets, which the neighbour's must be for too; null leaves it to the routes.</summary>
    public IpAddress128? Source { get; init; }

    /// <summary>Shortest interval at which the neighbour may send.</summary>
    public TimeSpan MinRx { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Shortest interval at which we send while Up.</summary>
    public TimeSpan MinTx { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Shortest interval at which we send while not Up, 1 s or more.</summary>
    public TimeSpan IdleTx { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of our packets that the neighbour may miss, 1–255.</summary>
    public byte DetectMultiplier { get; init; } = 5;

    /// <summary>Whether we are silent until the neighbour has spoken (RFC 5880 §6.1).</summary>
    public bool IsPassive { get; init; }

    /// <summary>Hop limit (TTL) of our packets, 1–255.</summary>
    public byte HopLimit { get; init; } = FullHopLimit;

    /// <summary>The least hop limit that a packet may arrive with; 0 takes any.</summary>
    public byte LowestHopLimit { get; init; } = FullHopLimit;

    /// <summary>Whether there are routers between, and so another UDP port (RFC 5883 §5).</summary>
    public bool IsMultihop { get; init; }

    /// <summary>Why the engine cannot run this, naming session and value; null if it can.</summary>
    public string? Problem()
    {
        if (Name.Length is 0 or > BfdLimits.NameLength) return $"a BFD session's name has {Name.Length} characters";
        if (Neighbor.IsUnspecified) return $"({Name}) no neighbor_ip";
        if (Source is { } source && source.IsV4 != Neighbor.IsV4) return $"({Name}) {source} is not of the family of {Neighbor}";
        if (!IsInterval(MinRx) || !IsInterval(MinTx) || !IsInterval(IdleTx)) return $"({Name}) an interval is out of range";
        if (IdleTx < BfdLimits.ShortestIdleInterval) return $"({Name}) idle_tx is under 1 s";
        if (DetectMultiplier == 0) return $"({Name}) multiplier must be 1 to 255";
        return HopLimit == 0 ? $"({Name}) hop limit must be 1 to 255" : null;
    }

    /// <summary>Whether <paramref name="other"/> is the same session, so that its state survives a reload.</summary>
    public bool IsSameSessionAs(BfdSettings other) =>
        Name == other.Name && Neighbor == other.Neighbor && Source == other.Source && IsMultihop == other.IsMultihop;

    private static bool IsInterval(TimeSpan interval) =>
        interval >= BfdLimits.ShortestInterval && interval <= BfdLimits.LongestInterval;
}
