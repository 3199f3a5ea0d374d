namespace Director.Config.Binder;

/// <summary>A whole configuration in the making.</summary>
internal sealed class RootDraft
{
    public RootDraft() => StaticRules = new(RulePriorities, isStatic: true);

    public GlobalDraft Globals { get; } = new();

    /// <summary><c>net_namespace</c>; null if it is not said.</summary>
    public string? NetworkNamespace { get; set; }

    public TlsClientDraft Tls { get; } = new();

    public RulePriorities RulePriorities { get; } = new();

    public VirtualAddressesDraft StaticAddresses { get; } = new(isStatic: true);

    public RoutesDraft StaticRoutes { get; } = new(isStatic: true);

    public RulesDraft StaticRules { get; }

    public List<LinkDelaysDraft> LinkDelays { get; } = [];

    /// <summary>By name; what is static may name one before it is defined.</summary>
    public OrderedDictionary<string, TrackGroupDraft> TrackGroups { get; } = new(StringComparer.Ordinal);

    public List<GarpGroupDraft> GarpGroups { get; } = [];

    public List<VrrpInstanceDraft> VrrpInstances { get; } = [];

    /// <summary>The same by name.</summary>
    public Dictionary<string, VrrpInstanceDraft> VrrpInstancesByName { get; } = new(StringComparer.Ordinal);

    public List<VirtualServerDraft> VirtualServers { get; } = [];

    /// <summary>The groups by name; a virtual server may name one before it is defined.</summary>
    public Dictionary<string, VirtualServerGroupDraft> VirtualServerGroups { get; } = new(StringComparer.Ordinal);

    /// <summary>By name, in order, as are the ones that follow; an instance may name one before it is defined.</summary>
    public OrderedDictionary<string, VrrpScriptDraft> Scripts { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, TrackFileDraft> TrackFiles { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, TrackProcessDraft> TrackProcesses { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, SyncGroupDraft> SyncGroups { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, BfdInstanceDraft> BfdInstances { get; } = new(StringComparer.Ordinal);
}
