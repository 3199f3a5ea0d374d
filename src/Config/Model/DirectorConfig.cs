namespace Director.Config;

/// <summary>Everything that the operator wrote and the director honours, with defaults filled in. Immutable.</summary>
/// <param name="Globals">The <c>global_defs</c> blocks.</param>
/// <param name="VrrpInstances">The <c>vrrp_instance</c> blocks, in order.</param>
/// <param name="VirtualServers">The <c>virtual_server</c> blocks, in order.</param>
public sealed record DirectorConfig(
    GlobalConfig Globals,
    IReadOnlyList<VrrpInstanceConfig> VrrpInstances,
    IReadOnlyList<VirtualServerConfig> VirtualServers)
{
    /// <summary>The <c>vrrp_sync_group</c> blocks, in order.</summary>
    public IReadOnlyList<SyncGroupConfig> SyncGroups { get; init; } = [];

    /// <summary>The <c>vrrp_script</c> blocks that something tracks, in order.</summary>
    public IReadOnlyList<VrrpScriptConfig> Scripts { get; init; } = [];

    /// <summary>The <c>vrrp_track_file</c> blocks that something tracks, in order.</summary>
    public IReadOnlyList<TrackFileConfig> TrackFiles { get; init; } = [];

    /// <summary>The <c>vrrp_track_process</c> blocks that something tracks, in order.</summary>
    public IReadOnlyList<TrackProcessConfig> TrackProcesses { get; init; } = [];

    /// <summary>The <c>bfd_instance</c> blocks, in order.</summary>
    public IReadOnlyList<BfdInstanceConfig> BfdInstances { get; init; } = [];

    /// <summary>The <c>SSL</c> block, for all checks by TLS.</summary>
    public TlsClientConfig Tls { get; init; } = new(null, null, null, null);

    /// <summary>What concerns the host and no instance.</summary>
    public HostConfig Host { get; init; } = new();
}
