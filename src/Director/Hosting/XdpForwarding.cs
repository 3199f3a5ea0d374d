using System.Globalization;
using System.Security.Cryptography;
using Director.Admin;
using Director.Control;
using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Linux;
using Director.Linux.Tun;
using Director.Linux.Xdp;
using Director.Net;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// The packet path on AF_XDP: the steering program on each device, a worker per queue, the way into the host, and the table they all read.
/// Put together here, run by their own threads.
/// </summary>
internal sealed class XdpForwarding : IForwarding
{
    private readonly Steering _steering;
    private readonly TunDevice _host;
    private readonly PublishedTable _tables;
    private readonly PersistenceTable _persistence;
    private readonly ConnectionPeers _peers = new();
    private readonly List<ForwardingWorker> _workers = [];
    private readonly TrafficEstimator _estimator = new();
    private readonly DatapathMode _mode;

    private XdpForwarding(Steering steering, TunDevice host, IReadOnlyList<PortDevice> devices, DatapathSettings settings, int workers)
    {
        (_steering, _host, Devices, _mode) = (steering, host, devices, settings.Mode);
        _tables = new(ForwardingTable.Empty(workers, new(settings.Overhead), Seed()));
        _persistence = new(settings.PersistenceTemplates, Seed());
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortDevice> Devices { get; }

    /// <summary>The armed VIPs, for the process that owns the addresses.</summary>
    public VipMap Vips => _steering.Vips;

    /// <summary>The links that keep the program on its devices, for the same process to hold.</summary>
    public IEnumerable<int> LinkHandles => _steering.Devices.Select(device => device.LinkHandle);

    /// <summary>Bytes of memory that the kernel will lock for frames, if every queue of these devices is served.</summary>
    public static ulong LockedBytes(IReadOnlyList<PortDevice> devices)
    {
        var queues = devices.Select(device => XdpDevice.Open(device.Name).RxQueues).ToList();
        return queues.Count == 0 ? 0 : XskPort.LockedBytes(queues.Sum(), queues.Min(), new());
    }

    /// <summary>
    /// Attaches to the devices and starts the workers. Nothing is steered before services are published and a VIP is armed.
    /// <paramref name="failed"/> is called, once per worker, if one ends by an exception.
    /// </summary>
    /// <exception cref="LinuxException">The kernel refused; what had been set up is gone again.</exception>
    public static XdpForwarding Start(
        DatapathSettings settings, IpvsSettings ipvs, IReadOnlyList<PortDevice> devices, Action<Exception> failed, ILogger log)
    {
        ForwardingRehearsal.Run();
        var mode = settings.Mode == DatapathMode.XdpGeneric ? XdpMode.Generic : XdpMode.Native;
        var steering = Steering.Create();
        TunDevice? host = null;
        XdpForwarding? forwarding = null;
        try
        {
            foreach (var device in devices)
            {
                var steered = steering.Attach(XdpDevice.Open(device.Name), mode);
                log.LogInformation("{Device}: steering program attached, {Mode} XDP, {Queues} RX queue(s)",
                    device.Name, steered.Mode.ToString().ToLowerInvariant(), steered.Device.RxQueues);
            }

            host = TunDevice.Create(settings.HostDevice, IpAddress128.Parse(settings.HostAddress));
            var possible = XskPort.MaxWorkers(steering.Devices);
            var workers = settings.Workers == 0 ? possible : Math.Min(settings.Workers, possible);
            forwarding = new(steering, host, devices, settings, workers);
            for (var worker = 0; worker < workers; worker++) forwarding.Add(worker, workers, settings, ipvs, failed, log);
            return forwarding;
        }
        catch
        {
            if (forwarding is not null)
            {
                forwarding.Dispose();
            }
            else
            {
                host?.Dispose();
                steering.Dispose();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Publish(IReadOnlyList<VirtualServiceSpec> services)
    {
        // A service must be forwarded before it is steered, and steered as long as one of its connections is remembered: what IPVS drops
        // in silence may not reach the host, which would answer with a reset.
        var table = _tables.Current = ForwardingTable.Build(services, _tables.Current, MonotonicClock.Instance.Now);
        var remembered = table.Servers.Where(server => server.TotalConnections > 0).Select(server => server.Key.Service);
        _steering.SetServices(services.Select(service => service.Key).Concat(services.Count == 0 ? [] : remembered));
    }

    /// <inheritdoc/>
    public bool HasProgressed()
    {
        var progressed = true;
        foreach (var worker in _workers) progressed &= worker.HasProgressed();
        return progressed;
    }

    /// <inheritdoc/>
    public ServerLoad LoadOf(ServiceKey service, Endpoint server) =>
        ServerLoad.Of(_tables.Current.Find(new RealServerKey(service, server)));

    /// <inheritdoc/>
    public ServiceLoad LoadOf(ServiceKey service) => ServiceLoad.Of(_tables.Current, service);

    /// <inheritdoc/>
    public void Estimate() => _estimator.Tick(_tables.Current);

    /// <inheritdoc/>
    public bool Zero(ServiceKey? service) => _estimator.Zero(_tables.Current, service);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ConnectionsAsync(CancellationToken cancellation) =>
        TableReader.ReadAllAsync(_workers.ConvertAll(worker => worker.Reader), cancellation);

    /// <inheritdoc/>
    public DatapathStatus Status()
    {
        var workers = _workers.ConvertAll(worker => worker.Status());
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, value) in workers.SelectMany(worker => worker.Counters))
            counters[name] = counters.GetValueOrDefault(name) + value;
        foreach (var counter in Enum.GetValues<SteeringCounter>())
            counters["xdp." + CounterName.Of(counter)] = _steering.Devices.Sum(device => (long)device.Counts()[counter]);
        counters["templates"] = _persistence.Count;

        return new(
            _mode == DatapathMode.XdpGeneric ? "xdp-generic" : "xdp",
            _mode == DatapathMode.XdpGeneric ? "generic XDP, because Datapath:Mode asks for it" : "native XDP",
            [.. _workers.SelectMany(worker => worker.Port.Statistics.Sockets).Select(Text)],
            [.. _steering.Vips.Vips.Select(vip => vip.ToString()).Order(StringComparer.Ordinal)],
            counters,
            workers,
            _estimator.Whole,
            TimeoutStatus.Of(ConnectionTimeouts.Default));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A worker looks at the connections of the others: none may run any more when the first gives its memory back.
        foreach (var worker in _workers) worker.Stop();
        foreach (var worker in _workers) worker.Dispose();
        _steering.Dispose();
        _host.Dispose();
    }

    private static string Text(XskSocketStatistics socket)
    {
        var refusal = socket.LastKickRefusal is { } text ? $", last refusal to send: {text}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{socket.Device} queue {socket.Queue}: {(socket.ZeroCopy ? "zero-copy" : "copy")}{refusal}");
    }

    private void Add(
        int worker, int workers, DatapathSettings settings, IpvsSettings ipvs, Action<Exception> failed, ILogger log)
    {
        var port = Open(worker, workers);
        try
        {
            var connections = new ConnectionTable(settings.Connections, Seed());
            var forwarder = new Forwarder(worker, connections, _persistence, ipvs, _peers);
            var runner = new ForwardingRunner(port, forwarder, _tables, MonotonicClock.Instance, settings.BatchFrames);
            _peers.Add(connections);
            _workers.Add(new(worker, port, connections, runner));
        }
        catch
        {
            port.Dispose();
            throw;
        }

        _workers[^1].Start(settings.Pin, failed, log);
    }

    private XskPort Open(int worker, int workers)
    {
        try
        {
            return XskPort.Open(_steering.Devices, worker, workers, new(), _host);
        }
        catch (LinuxException refusal) when (refusal.IsNotSupported && _steering.Devices.Count > 1)
        {
            // One device's driver can do without copies and another's cannot: sharing their memory takes copies for both.
            return XskPort.Open(_steering.Devices, worker, workers, new() { ForceCopy = true }, _host);
        }
    }

    private static ulong Seed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
