namespace Director.Net;

/// <summary>
/// A rule of policy routing that the master has and a backup has not (keepalived.conf(5), <c>virtual_rules</c>, after ip-rule(8)).
/// Immutable.
/// </summary>
/// <param name="IsV4">Whether it is of IPv4.</param>
/// <param name="Priority">Where it stands: lower ones are asked first.</param>
public sealed record VirtualRule(bool IsV4, uint Priority)
{
    /// <summary>What it does.</summary>
    public RuleAction Action { get; init; } = RuleAction.Lookup;

    /// <summary>The table of <see cref="RuleAction.Lookup"/>.</summary>
    public uint Table { get; init; } = VirtualRoute.MainTable;

    /// <summary>The rule of <see cref="RuleAction.GoTo"/>.</summary>
    public uint GoTo { get; init; }

    /// <summary>Whether it is for packets that do not match (<c>not</c>).</summary>
    public bool IsNegated { get; init; }

    /// <summary>The network that packets come from; null for any.</summary>
    public IpAddress128? From { get; init; }

    /// <summary>Bits of <see cref="From"/>.</summary>
    public int FromLength { get; init; }

    /// <summary>The network that packets go to; null for any.</summary>
    public IpAddress128? To { get; init; }

    /// <summary>Bits of <see cref="To"/>.</summary>
    public int ToLength { get; init; }

    /// <summary>The type of service that packets have; 0 for any.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>The mark that packets have; null for any.</summary>
    public uint? Mark { get; init; }

    /// <summary>The bits of the mark that count.</summary>
    public uint MarkMask { get; init; } = uint.MaxValue;

    /// <summary>The interface that packets come in by (<c>iif</c>); null for any.</summary>
    public string? InputDevice { get; init; }

    /// <summary>The interface that local sockets are bound to (<c>oif</c>); null for any.</summary>
    public string? OutputDevice { get; init; }

    /// <summary>Routes of this many bits or fewer are not taken (<c>suppress_prefixlength</c>); null for none.</summary>
    public uint? SuppressPrefixLength { get; init; }

    /// <summary>Routes out of this group of interfaces are not taken (<c>suppress_ifgroup</c>); null for none.</summary>
    public uint? SuppressGroup { get; init; }

    /// <summary>The realms of routes that it leads to; 0 for none.</summary>
    public uint Realms { get; init; }

    /// <summary>The tunnel key that packets came with; 0 for any.</summary>
    public ulong TunnelId { get; init; }

    /// <summary>Whether the table is that of the packet's VRF (<c>l3mdev</c>).</summary>
    public bool IsOfVrf { get; init; }

    /// <summary>The users whose packets it is for; null for all.</summary>
    public NumberRange? Users { get; init; }

    /// <summary>The IP protocol (<c>ipproto</c>); 0 for any.</summary>
    public byte IpProtocol { get; init; }

    /// <summary>The source ports; null for all.</summary>
    public NumberRange? SourcePorts { get; init; }

    /// <summary>The destination ports; null for all.</summary>
    public NumberRange? DestinationPorts { get; init; }

    /// <summary>Who set it: as of routes.</summary>
    public byte Protocol { get; init; } = VirtualRoute.KeepalivedProtocol;

    /// <summary>Whether its loss concerns the instance (no <c>no_track</c>).</summary>
    public bool IsTracked { get; init; } = true;

    /// <summary>As ip-rule(8) begins it, such as <c>16384: from 192.0.2.0/24 lookup 100</c>.</summary>
    public override string ToString() =>
        $"{Priority}: {(IsNegated ? "not " : "")}from {(From is { } from ? $"{from}/{FromLength}" : "all")}" +
        $"{(To is { } to ? $" to {to}/{ToLength}" : "")} " +
        (Action == RuleAction.Lookup ? $"lookup {Table}" : Action.ToString().ToLowerInvariant());
}
