using System.Security.Cryptography;
using System.Text.Json;
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
/// The packet path: the devices, steered, a worker per queue, the way into the host, and the table they all read. Put together here, run by
/// their own threads.
/// </summary>
internal sealed partial class Forwarding : IForwarding
{
    private readonly Steering _steering;
    private readonly Offload _offload;
    private readonly IFrameSource _source;
    private readonly PortDevice[] _devices;
    private readonly TunDevice _host;
    private readonly ILogger _log;
    private readonly PublishedTable _tables;
    private readonly PersistenceTable _persistence;
    private readonly ConnectionPeers _peers = new();
    private readonly List<ForwardingWorker> _workers = [];
    private readonly TrafficEstimator _estimator = new();
    private readonly DatapathSettings _settings;
    private readonly IpvsSettings _ipvs;
    private readonly Action<Exception> _failed;
    private readonly DatapathMode _mode;
    private readonly string _why;

    private Forwarding(
        Steering steering, Offload offload, IFrameSource source, TunDevice host, IReadOnlyList<PortDevice> devices,
        DatapathSettings settings, IpvsSettings ipvs, Action<Exception> failed, ILogger log, DatapathMode mode, string why)
    {
        (_steering, _offload, _source, _host, _devices, _mode, _why) = (steering, offload, source, host, [.. devices], mode, why);
        (_settings, _ipvs, _failed, _log) = (settings, ipvs, failed, log);
        var workers = Math.Min(settings.Workers == 0 ? FewestQueues : settings.Workers, source.MaxWorkersOf(FewestQueues));
        _tables = new(ForwardingTable.Empty(workers, ipvs, Seed()), offload.Table);
        _persistence = new(settings.PersistenceTemplates, Seed());
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortDevice> Devices => _devices;

    /// <summary>The armed VIPs, for the process that owns the addresses.</summary>
    public VipMap Vips => _steering.Vips;

    /// <summary>The epoch of offloaded flows, for the same; null if nothing is offloaded.</summary>
    public FlowEpoch? Epoch => _offload.Maps?.Epoch;

    /// <inheritdoc/>
    public IEnumerable<int> LinkHandles => _source.LinkHandles;

    /// <summary>
    /// Attaches to the devices and starts the workers. Nothing is steered before services are published and a VIP is armed.
    /// <paramref name="failed"/> is called, once per worker, if one ends by an exception.
    /// </summary>
    /// <exception cref="LinuxException">The kernel refused; what had been set up is gone again.</exception>
    public static Forwarding Start(
        DatapathSettings settings, IpvsSettings ipvs, DatapathPlacement placement, Action<Exception> failed, ILogger log)
    {
        ForwardingRehearsal.Run();
        var host = TunDevice.Create(settings.HostDevice, IpAddress128.Parse(settings.HostAddress));
        try
        {
            return settings.Mode switch
            {
                DatapathMode.Auto => InAnyMode(),
                DatapathMode.Packet => In(DatapathMode.Packet, "AF_PACKET, because Datapath:Mode asks for it"),
                DatapathMode.XdpGeneric => In(DatapathMode.XdpGeneric, "generic XDP, because Datapath:Mode asks for it"),
                _ => In(DatapathMode.Xdp, "native XDP"),
            };
        }
        catch
        {
            host.Dispose();
            throw;
        }

        Forwarding InAnyMode()
        {
            try
            {
                return In(DatapathMode.Xdp, "native XDP");
            }
            catch (LinuxException refusal)
            {
                log.LogWarning("native XDP is refused, so AF_PACKET is used: {Why}", refusal.Message);
                return In(DatapathMode.Packet, $"AF_PACKET, because native XDP is refused: {refusal.Message}");
            }
        }

        Forwarding In(DatapathMode mode, string why)
        {
            var devices = mode == DatapathMode.Packet ? placement.Devices : placement.XdpDevices;
            Offload? offload = null;
            Steering? steering = null;
            Forwarding? forwarding = null;
            try
            {
                offload = Offload.Create(mode, settings, log);
                steering = Steering.Create(offload.Maps);
                var source = SourceOf(mode, steering, settings, devices, log);
                forwarding = new(steering, offload, source, host, devices, settings, ipvs, failed, log, mode, why);
                forwarding.StartWorkers();
                offload.Start(source.Devices);
                return forwarding;
            }
            catch
            {
                forwarding?.EndWorkers();
                steering?.Dispose();
                offload?.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Publish(
        IReadOnlyList<VirtualServiceSpec> services, IReadOnlyCollection<IpAddress128> ownAddresses, ConnectionTimeouts timeouts)
    {
        // A service must be forwarded before it is steered.
        var table = ForwardingTable.Build(services, _tables.Current, MonotonicClock.Instance.Now, ownAddresses,
            Devices.Select(device => new LinkSpec(device.Address, device.Mtu) { Vlan = device.Vlan, Device = device.Carrier }), timeouts);
        _tables.Current = table;
        _steering.Steer(table);
        _offload.Look(services);
        try
        {
            _host.SetForwarding(_steering.MasqueradedCount > 0);
        }
        catch (LinuxException refusal)
        {
            _log.LogWarning("what masqueraded servers send on no connection is not routed by this host: {Why}", refusal.Message);
        }
    }

    /// <inheritdoc/>
    public MonoTime ProgressedAt(MonoTime now, TimeSpan period)
    {
        var earliest = now;
        foreach (var worker in _workers) earliest = MonoTime.Min(earliest, worker.ProgressedAt(now, period));
        return earliest;
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
    public async Task CountOffloadedAsync(CancellationToken cancellation)
    {
        foreach (var worker in _workers.Where(worker => worker.Flows > 0)) await worker.Reader.CountOffloadedAsync(cancellation);
    }

    /// <inheritdoc/>
    public DatapathStatus Status()
    {
        var workers = _workers.ConvertAll(worker => worker.Status());
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, value) in workers.SelectMany(worker => worker.Counters))
            counters[name] = counters.GetValueOrDefault(name) + value;
        foreach (var counter in Enum.GetValues<SteeringCounter>())
            counters[_source.CounterPrefix + CounterName.Of(counter)] = _source.Count(counter);
        counters["templates"] = _persistence.Count;

        return new(
            JsonNamingPolicy.KebabCaseLower.ConvertName(_mode.ToString()),
            _why,
            [.. _workers.SelectMany(worker => worker.Sockets)],
            [.. _steering.Vips.Vips.Select(vip => vip.ToString()).Order(StringComparer.Ordinal)],
            counters,
            workers,
            _estimator.Whole,
            TimeoutStatus.Of(_tables.Current.Timeouts))
        {
            Offload = _offload.Status(_workers.Sum(worker => worker.Flows)),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndWorkers();
        _steering.Dispose();
        _offload.Dispose();
        _host.Dispose();
    }

    private static IFrameSource SourceOf(
        DatapathMode mode, Steering steering, DatapathSettings settings, IReadOnlyList<PortDevice> devices, ILogger log) => mode switch
    {
        DatapathMode.Packet => new PacketSource(steering, devices, settings, log),
        DatapathMode.XdpGeneric => new XdpSource(steering, devices, XdpMode.Generic, settings, log),
        _ => new XdpSource(steering, devices, XdpMode.Native, settings, log),
    };

    private void StartWorkers()
    {
        var workers = _tables.Current.Workers;
        for (var worker = 0; worker < workers; worker++) Add(worker, _source.Open(worker, workers, _host));
        Run();
    }

    private void Run()
    {
        foreach (var worker in _workers) worker.Start(_settings.ProcessorOf(worker.Number), _failed, _log);
    }

    private void Add(int worker, IWorkerPort port)
    {
        try
        {
            var connections = new ConnectionTable(_settings.Connections, Seed(), LargePages.Instance);
            var forwarder = new Forwarder(worker, connections, _persistence, _ipvs, _peers, _offload.Table);
            var runner = new ForwardingRunner(
                port.Frames, forwarder, _tables, MonotonicClock.Instance, _settings.BatchFrames,
                _settings.BusyPoll ? null : _settings.SpinsBeforeSleep);
            _peers.Add(connections);
            _workers.Add(new(worker, port, connections, runner));
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    private void EndWorkers()
    {
        // A worker looks at the connections of the others: none may run any more when the first gives its memory back.
        foreach (var worker in _workers) worker.Stop();
        foreach (var worker in _workers) worker.Dispose();
    }

    private static ulong Seed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
