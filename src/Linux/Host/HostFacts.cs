using Director.Linux.Xdp;

namespace Director.Linux.Host;

/// <summary>What <see cref="HostConflicts"/> judges by; read by <see cref="HostFactsReader"/>.</summary>
public sealed record HostFacts
{
    /// <summary>The keepalived processes of this machine.</summary>
    public IReadOnlyList<KeepalivedProcess> Keepaliveds { get; init; } = [];

    /// <summary>The virtual services of kernel IPVS in this network namespace, such as <c>TCP 192.0.2.1:80</c>.</summary>
    public IReadOnlyList<string> IpvsServices { get; init; } = [];

    /// <summary>The XDP programs on the interfaces that ours will be attached to.</summary>
    public IReadOnlyList<XdpHold> XdpHolds { get; init; } = [];

    /// <summary><c>net.ipv4.conf.all.rp_filter</c> of this network namespace; 0 if it cannot be read.</summary>
    public int AllReversePathFilter { get; init; }

    /// <summary>Our effective capabilities.</summary>
    public CapabilitySet Capabilities { get; init; } = CapabilitySet.All;

    /// <summary>Bytes that we may lock in memory (RLIMIT_MEMLOCK); <see cref="ulong.MaxValue"/> is no limit.</summary>
    public ulong LockableBytes { get; init; } = ulong.MaxValue;
}
