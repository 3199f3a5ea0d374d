using Director.Bfd;
using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>What the VRRP process is to do.</summary>
internal sealed record VrrpProcessSettings
{
    /// <summary>The virtual routers; none may have a <see cref="VrrpInstanceSettings.Problem"/>.</summary>
    public IReadOnlyList<VrrpInstanceSettings> Instances { get; init; } = [];

    /// <summary>How the process is scheduled.</summary>
    public SchedulingSettings Scheduling { get; init; } = SchedulingSettings.Default;

    /// <summary>What concerns the host and no instance.</summary>
    public HostSettings Host { get; init; } = HostSettings.None;

    /// <summary>The sync groups of the virtual routers; none may have a <see cref="SyncGroupSettings.Problem"/>.</summary>
    public IReadOnlyList<SyncGroupSettings> SyncGroups { get; init; } = [];

    /// <summary>The BFD sessions; none may have a <see cref="BfdSettings.Problem"/>.</summary>
    public IReadOnlyList<BfdSettings> BfdSessions { get; init; } = [];

    /// <summary>VIPs that are on an interface without an instance, steered as long as the main process lives.</summary>
    public IReadOnlyList<IpAddress128> StaticAddresses { get; init; } = [];

    /// <summary>
    /// Descriptor of the VIP map; null if nothing is steered. Copies are sent: it must stay open until the supervisor has stopped.
    /// </summary>
    public int? VipMap { get; init; }

    /// <summary>
    /// Descriptor of the epoch of offloaded flows, which ends when a VIP goes; null if nothing is offloaded. As above.
    /// </summary>
    public int? Epoch { get; init; }

    /// <summary>
    /// Descriptors of the links of the programs that steer, which the VRRP process holds too so that a dead main process leaves them
    /// attached; as above.
    /// </summary>
    public IReadOnlyList<int> SteeringLinks { get; init; } = [];
}
