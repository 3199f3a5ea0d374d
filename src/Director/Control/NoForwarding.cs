using Director.Admin;
using Director.Datapath;
using Director.Datapath.Stats;
using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Control;

/// <summary>No packet path: VRRP alone, or a host that forwards by other means.</summary>
internal sealed class NoForwarding(string why, bool isWanted = false) : IForwarding
{
    /// <summary>Whether there would be one, had the configuration of the start had something for it to do.</summary>
    public bool IsWanted => isWanted;

    /// <inheritdoc/>
    public IReadOnlyList<PortDevice> Devices => [];

    /// <inheritdoc/>
    public IEnumerable<int> LinkHandles => [];

    /// <inheritdoc/>
    public string? FindChange() => null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Repair() => [];

    /// <inheritdoc/>
    public void Publish(
        IReadOnlyList<VirtualServiceSpec> services, IReadOnlyCollection<IpAddress128> ownAddresses, ConnectionTimeouts timeouts)
    {
    }

    /// <inheritdoc/>
    public MonoTime ProgressedAt(MonoTime now, TimeSpan period) => now;

    /// <inheritdoc/>
    public ServerLoad LoadOf(ServiceKey service, Endpoint server) => default;

    /// <inheritdoc/>
    public ServiceLoad LoadOf(ServiceKey service) => default;

    /// <inheritdoc/>
    public void Estimate()
    {
    }

    /// <inheritdoc/>
    public bool Zero(ServiceKey? service) => service is null;

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ConnectionsAsync(CancellationToken cancellation) =>
        AsyncEnumerable.Empty<IReadOnlyList<ConnectionEntry>>();

    /// <inheritdoc/>
    public Task CountOffloadedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public DatapathStatus Status() =>
        new("none", why, [], [], new Dictionary<string, long>(), [], default, TimeoutStatus.Of(ConnectionTimeouts.Default));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
