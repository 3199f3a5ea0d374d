namespace Director.Config;

/// <summary>What <c>global_defs</c> says beyond defaults for other blocks, which are already part of those.</summary>
/// <param name="RouterId"><c>router_id</c>: the name of this machine in messages; null means the host's name.</param>
public sealed record GlobalConfig(string? RouterId)
{
    /// <summary><c>net_namespace</c>: the network namespace that the director has to be in; null if it is not said.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary><c>lvs_timeouts</c>.</summary>
    public LvsTimeoutsConfig LvsTimeouts { get; init; } = LvsTimeoutsConfig.None;

    /// <summary>How the VRRP process is scheduled.</summary>
    public ProcessConfig VrrpProcess { get; init; } = new(null, null, []);

    /// <summary>
    /// <c>dynamic_interfaces</c>: interfaces of instances may be missing at the start, but for those of a virtual server's VIP.
    /// </summary>
    public bool AllowsMissingInterfaces { get; init; }

    /// <summary>Where mail goes.</summary>
    public MailConfig Mail { get; init; } = new();

    /// <summary>How scripts are run.</summary>
    public ScriptPolicyConfig ScriptPolicy { get; init; } = new();

    /// <summary><c>startup_script</c>: run before anything else; null without one.</summary>
    public HostScriptConfig? Startup { get; init; }

    /// <summary><c>shutdown_script</c>: run after everything else; null without one.</summary>
    public HostScriptConfig? Shutdown { get; init; }

    /// <summary><c>no_checker_emails</c>: mail says what becomes of servers and not of each check.</summary>
    public bool IsSilentAboutChecks { get; init; }

    /// <summary><c>rs_init_notifies</c>: of servers that count as up from the start that is told.</summary>
    public bool TellsFirstServers { get; init; }

    /// <summary>The pipes that are written into.</summary>
    public IReadOnlyList<NotifyFifoConfig> Fifos { get; init; } = [];

    /// <summary><c>fifo_write_vrrp_states_on_reload</c>: after a reload they are told all states again.</summary>
    public bool TellsFifosOnReload { get; init; }
}
