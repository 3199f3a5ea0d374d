using Director.Net;

namespace Director.Config;

/// <summary>
/// How a <c>vrrp_instance</c> speaks (keepalived.conf(5)): what it says of that, <c>global_defs</c> and the defaults together.
/// </summary>
public sealed record WireConfig
{
    /// <summary>What an instance has that says nothing about it.</summary>
    public static WireConfig Default { get; } = new();

    /// <summary><c>version</c>, <c>vrrp_version</c>: 2 or 3.</summary>
    public int Version { get; init; } = 2;

    /// <summary><c>unicast_peer</c>; empty for multicast. No two the same.</summary>
    public IReadOnlyList<UnicastPeerConfig> Peers { get; init; } = [];

    /// <summary><c>unicast_fault_no_peer</c>: without peers it is in fault instead of multicasting.</summary>
    public bool FaultsWithoutPeers { get; init; }

    /// <summary><c>check_unicast_src</c>: takes unicast advertisements of its peers only.</summary>
    public bool ChecksUnicastSource { get; init; } = true;

    /// <summary><c>unicast_ttl</c>: TTL or hop limit of advertisements to peers.</summary>
    public byte UnicastTtl { get; init; } = 255;

    /// <summary><c>track_src_ip</c>: it is in fault while the interface has not its source address.</summary>
    public bool TracksSource { get; init; }

    /// <summary><c>mcast_dst_ip</c>, <c>vrrp_mcast_group4</c>, <c>vrrp_mcast_group6</c>; null for 224.0.0.18 or ff02::12.</summary>
    public IpAddress128? Group { get; init; }

    /// <summary>What the checksum covers.</summary>
    public ChecksumConfig Checksum { get; init; }

    /// <summary><c>skip_check_adv_addr</c>: a backup does not compare the addresses of the master that it heard last.</summary>
    public bool TrustsKnownMaster { get; init; }

    /// <summary><c>kernel_rx_buf_size</c>, <c>vrrp_rx_bufs_policy</c>.</summary>
    public ReceiveBufferConfig ReceiveBuffer { get; init; } = ReceiveBufferConfig.Default;

    /// <summary><c>log_unknown_vrids</c>: advertisements of virtual routers that are not configured are logged.</summary>
    public bool LogsUnknown { get; init; }
}
