namespace Director.Config;

/// <summary>Everything that the operator wrote and the director honours, with defaults filled in. Immutable.</summary>
/// <param name="Globals">The <c>global_defs</c> blocks.</param>
/// <param name="VrrpInstances">The <c>vrrp_instance</c> blocks, in order.</param>
/// <param name="VirtualServers">The <c>virtual_server</c> blocks, in order.</param>
public sealed record DirectorConfig(
    GlobalConfig Globals,
    IReadOnlyList<VrrpInstanceConfig> VrrpInstances,
    IReadOnlyList<VirtualServerConfig> VirtualServers);
