using Director.Admin;
using Director.Datapath;
using Director.Net;

namespace Director.Control;

/// <summary>No packet path: VRRP alone, or a host that forwards by other means.</summary>
internal sealed class NoForwarding(string why) : IForwarding
{
    /// <inheritdoc/>
    public IReadOnlyList<PortDevice> Devices => [];

    /// <inheritdoc/>
    public void Publish(IReadOnlyList<VirtualServiceSpec> services)
    {
    }

    /// <inheritdoc/>
    public bool HasProgressed() => true;

    /// <inheritdoc/>
    public ServerLoad LoadOf(ServiceKey service, Endpoint server) => default;

    /// <inheritdoc/>
    public DatapathStatus Status() => new("none", why, [], 0, new Dictionary<string, long>());

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
