using Director.Admin;
using Director.Datapath;
using Director.Datapath.Stats;
using Director.Datapath.Tracking;
using Director.Linux;
using Director.Net;

namespace Director.Control;

/// <summary>
/// The packet path as control sees it. All calls are from the control loop's thread, but for <see cref="ProgressedAt"/>,
/// <see cref="ConnectionsAsync"/> and <see cref="CountOffloadedAsync"/>.
/// </summary>
internal interface IForwarding : IDisposable
{
    /// <summary>
    /// The devices that it stands on, by device number, and the VLANs on them; otherwise after <see cref="Repair"/> has done something.
    /// </summary>
    IReadOnlyList<PortDevice> Devices { get; }

    /// <summary>
    /// Descriptors that keep steering up as long as a process holds them; others after <see cref="Repair"/> has done something.
    /// </summary>
    IEnumerable<int> LinkHandles { get; }

    /// <summary>Puts services in force for the next batch of every worker, and has their packets steered.</summary>
    void Publish(
        IReadOnlyList<VirtualServiceSpec> services, IReadOnlyCollection<IpAddress128> ownAddresses, ConnectionTimeouts timeouts);

    /// <summary>What has changed under it so that only a new start will do, in a sentence; null if nothing has.</summary>
    string? FindChange();

    /// <summary>
    /// Makes good what has become of the devices since it was last called, while connections stay; returns what there was, in sentences.
    /// </summary>
    /// <exception cref="LinuxException">The kernel refuses that, or somebody else's program has taken the place.</exception>
    IReadOnlyList<string> Repair();

    /// <summary>
    /// An instant at which every worker still went round its loop: of one that goes round it, when this was last asked. Any one thread.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <param name="period">How often this is asked now: an idle worker is to sleep no longer.</param>
    MonoTime ProgressedAt(MonoTime now, TimeSpan period);

    /// <summary>What was forwarded to a server of a service, and what stands with it.</summary>
    ServerLoad LoadOf(ServiceKey service, Endpoint server);

    /// <summary>What a service was sent.</summary>
    ServiceLoad LoadOf(ServiceKey service);

    /// <summary>A tick of the rate estimator; to be called every <see cref="TrafficEstimator.Period"/>.</summary>
    void Estimate();

    /// <summary>Lets the estimates count from here on: a service's, or all. False if there is no such service.</summary>
    bool Zero(ServiceKey? service);

    /// <summary>
    /// Every connection and template, some at a time: a list is good until the next is asked for. Any thread.
    /// </summary>
    /// <exception cref="TimeoutException">A worker does not answer.</exception>
    IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ConnectionsAsync(CancellationToken cancellation);

    /// <summary>
    /// Has the workers count what the XDP programs have forwarded by themselves: loads and the status know of it then. Any thread.
    /// </summary>
    /// <exception cref="TimeoutException">A worker does not answer.</exception>
    Task CountOffloadedAsync(CancellationToken cancellation);

    /// <summary>What it is and what it has counted.</summary>
    DatapathStatus Status();
}
