namespace Director.Perf.Routers;

/// <summary>A virtual router of one machine, in words that all programs can be told.</summary>
internal sealed record RouterPlan
{
    /// <summary>What it is called in the configuration.</summary>
    public string Name { get; init; } = "VI_1";

    /// <summary>The VRID.</summary>
    public int Id { get; init; } = 51;

    /// <summary>2 or 3.</summary>
    public int Version { get; init; } = 2;

    /// <summary>1–255.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>What the configuration calls its first state.</summary>
    public string State { get; init; } = "BACKUP";

    /// <summary>The device that it speaks on.</summary>
    public string Device { get; init; } = VrrpLan.Device;

    /// <summary>From advert to advert.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The virtual addresses, with or without their prefix's length.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [VrrpLan.Vip];

    /// <summary>Further lines of its block, as keepalived.conf(5) has them. Not for FRR.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>Whether its addresses are of IPv6.</summary>
    public bool IsIpv6 => Addresses[0].Contains(':', StringComparison.Ordinal);

    /// <summary>By what part of a second or of the interval a lower priority waits longer (RFC 3768 §6.1, RFC 9568 §6.1).</summary>
    public TimeSpan Skew => (256 - Priority) * (Version == 2 ? TimeSpan.FromSeconds(1) : Interval) / 256;

    /// <summary>How long it waits for a silent master.</summary>
    public TimeSpan MasterDown => (3 * Interval) + Skew;

    /// <summary>The same with these lines too.</summary>
    public RouterPlan With(params IEnumerable<string> lines) => this with { More = [.. More, .. lines] };
}
