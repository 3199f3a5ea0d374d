namespace Director.Config.Binder;

/// <summary>A whole configuration in the making.</summary>
internal sealed class RootDraft
{
    public GlobalDraft Globals { get; } = new();

    public List<VrrpInstanceDraft> VrrpInstances { get; } = [];

    public List<VirtualServerDraft> VirtualServers { get; } = [];
}
