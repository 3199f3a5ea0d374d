namespace Director.Config.Binder;

/// <summary><c>global_defs</c> in the making.</summary>
internal sealed class GlobalDraft
{
    public string? RouterId { get; set; }

    public LvsTimeoutsConfig LvsTimeouts { get; set; } = LvsTimeoutsConfig.None;

    public ElectionDraft Election { get; } = new();

    public WireDraft Wire { get; } = new();

    public GarpDraft Garp { get; } = new();

    public ProcessDraft VrrpProcess { get; } = new();

    /// <summary>What <c>log_all_failures</c> is where nothing is said.</summary>
    public bool LogsAllFailures { get; set; }

    public GlobalNotifyDraft Notify { get; } = new();

    public TimeSpan ArpInterval { get; set; }

    public TimeSpan NeighbourInterval { get; set; }

    public bool AllowsMissingInterfaces { get; set; }

    public bool DisablesLocalIgmp { get; set; }

    public string? DefaultInterface { get; set; }

    public string? VmacPrefix { get; set; }

    public string? VmacAddressPrefix { get; set; }
}
