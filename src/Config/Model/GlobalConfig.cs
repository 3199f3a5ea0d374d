namespace Director.Config;

/// <summary>What <c>global_defs</c> says beyond defaults for other blocks, which are already part of those.</summary>
/// <param name="RouterId"><c>router_id</c>: the name of this machine in messages; null means the host's name.</param>
public sealed record GlobalConfig(string? RouterId)
{
    /// <summary><c>lvs_timeouts</c>.</summary>
    public LvsTimeoutsConfig LvsTimeouts { get; init; } = LvsTimeoutsConfig.None;
}
