using System.Globalization;
using System.Text;
using Director.Admin;
using Director.Checks;
using Director.Checks.Probes;
using Director.Config;
using Director.Control;
using Director.Datapath;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Linux;
using Director.Linux.Netlink;
using Director.Net;
using Director.Reloading;
using Director.Reloading.Parts;
using Director.Tests.Config;
using Director.Trackers;
using Director.VrrpProcess;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Reloading;

/// <summary>
/// A director without a kernel that is given configurations: its core, its tables, its checks, and in place of all else what that was told.
/// </summary>
internal sealed class ReloadedDirector : IServerRoutes, IVrrpReload, IAsyncDisposable
{
    private const int Link = 1;

    private static readonly MacAddress Mac = MacAddress.Broadcast;

    private readonly NextHopTable _nextHops = new();
    private readonly TableForwarding _forwarding = new();
    private readonly CheckRunner _checks;
    private readonly List<IReloadPart> _parts;
    private TrackerPlan _trackers = new([], [], [], new HashSet<Director.Vrrp.TrackerKey>());
    private VrrpProcessSettings _vrrp = new();
    private IReadOnlyList<IpAddress128> _staticVips = [];

    public ReloadedDirector()
    {
        _nextHops.SetDevices([new(Link, "eth0", MacAddress.Broadcast, 1500)]);
        Core = new(_nextHops, LvsTimeoutsConfig.None);
        // Time stands still, so that no check is ever tried.
        _checks = new(_ => { }, _ => new NeverProbe(), new FakeTimeProvider(), new Random(1));
        _parts =
        [
            new RoutesPart(this),
            new DatapathPart(Core, _forwarding, this, NullLogger.Instance),
            new ChecksPart(_checks, _ => { }),
            new TrackersPart(Track, new((_, _) => { }), Core),
            new VrrpPart(this),
        ];
    }

    /// <summary>How many parts a reload has.</summary>
    public int Parts => _parts.Count;

    public DirectorCore Core { get; }

    /// <summary>What workers would forward by.</summary>
    public ForwardingTable Table => _forwarding.Table;

    /// <inheritdoc/>
    public IReadOnlyCollection<IpAddress128> OwnAddresses { get; } = [];

    /// <summary>Gives it a configuration. Returns the plan.</summary>
    /// <param name="text">The file.</param>
    /// <param name="failing">The part before which one stands that refuses; null for none.</param>
    public IReadOnlyList<PlanStep> Reload(string text, int? failing = null)
    {
        var read = ReadConfig.From(() => ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text }), Core.Config);
        Assert.False(read.Result.HasErrors, string.Join('\n', read.Result.Diagnostics) + text);
        var plan = ReloadPlan.Compare(Core.Config, read.Config);
        if (plan.Count == 0) return plan;
        var placement = DatapathPlacement.Find(
            read.Config, [new(Link, "eth0", MacAddress.Broadcast, 1500, default)], [], server => new(server, Link, RouteKind.Unicast));
        List<IReloadPart> parts = [.. _parts];
        if (failing is { } place) parts.Insert(place, new RefusingPart());
        ReloadTransaction.Run(parts, new(Core.Config, read.Config, placement), (_, _) => { });
        return plan;
    }

    /// <summary>A server's checks bring it up or take it down, wherever it is used.</summary>
    public void SetHealth(IpAddress128 server, bool isUp)
    {
        foreach (var service in Core.Config.VirtualServers)
            foreach (var user in service.RealServers.Where(user => user.Endpoint.Address == server))
                Core.Apply(service.Key, user.Endpoint, isUp, []);
        _forwarding.Publish(Core.Desired(), OwnAddresses, Core.Timeouts);
    }

    /// <summary>All that it is, in words. Servers in no order: what IPVS has first depends on who came last.</summary>
    public string Describe()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{Core.Timeouts} {Table.Timeouts}");
        foreach (var spec in Core.Desired())
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{spec.Key} {spec.Scheduler} {spec.SchedulerFlags} {spec.PersistenceTimeout} {spec.PersistencePrefixLength}");
            foreach (var server in spec.Servers.Select(server => server.ToString()).Order(StringComparer.Ordinal)) text.AppendLine(server);
        }

        foreach (var service in Table.Services)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{service.Key} {service.SchedulerName} {service.Scheduler.Flags}");
            foreach (var server in service.Pool.Servers.ToArray()
                .Select(server => $"{server.State.Key.Server} {server.Weight} {server.Thresholds}").Order(StringComparer.Ordinal))
                text.AppendLine(server);
        }

        foreach (var service in Core.Config.VirtualServers)
        {
            var pool = Core.Pool(service.Key);
            text.AppendLine(CultureInfo.InvariantCulture, $"{service.Key} quorum {pool.HasQuorum} sorry {pool.IsOnSorryServer}");
        }

        foreach (var server in _checks.Snapshot().OrderBy(server => server.Key.ToString(), StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{server.Key} {server.IsUp} {string.Join(", ", server.Checks.Select(check => $"{check.Settings} {check.IsUp}"))}");
        text.AppendJoin('\n', _nextHops.Servers.Select(server => server.ToString()).Order(StringComparer.Ordinal)).AppendLine();
        text.AppendJoin('\n', _trackers.Scripts.Select(script => $"{script.Name} {script.Script.Identity} {script.Settings}")).AppendLine();
        text.AppendJoin('\n', _trackers.Files.Select(file => $"{file.Name} {file.Path} {file.InitialValue}")).AppendLine();
        text.AppendJoin('\n', _trackers.Hard.Select(key => key.ToString()).Order(StringComparer.Ordinal)).AppendLine();
        text.AppendJoin(", ", _staticVips).AppendLine();
        var buffer = new byte[ControlLimits.MessageSize];
        foreach (var instance in _vrrp.Instances)
        {
            text.AppendLine(Convert.ToHexString(ControlCodec.WriteInstance(buffer, instance)));
            text.AppendLine(Convert.ToHexString(ControlCodec.WriteOwnership(buffer, instance)));
        }

        foreach (var group in _vrrp.SyncGroups) text.AppendLine(Convert.ToHexString(ControlCodec.WriteSyncGroup(buffer, group)));
        return text.ToString();
    }

    /// <summary>Every server of the table, as connections refer to it.</summary>
    public IReadOnlyDictionary<RealServerKey, RealServerState> Servers() => Table.Services
        .SelectMany(service => service.Pool.Servers.ToArray()).ToDictionary(server => server.State.Key, server => server.State);

    /// <inheritdoc/>
    public bool Add(IReadOnlyDictionary<IpAddress128, RouteEntry?> routes)
    {
        foreach (var server in routes.Keys)
        {
            _nextHops.SetRoute(server, new(Link, server, 0));
            _nextHops.SetNeighbour(Link, server, Mac);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Keep(IReadOnlySet<IpAddress128> servers)
    {
        foreach (var gone in _nextHops.Servers.Where(server => !servers.Contains(server)).ToList()) _nextHops.SetRoute(gone, null);
        return true;
    }

    /// <inheritdoc/>
    public bool Reload(VrrpProcessSettings wanted, IReadOnlyList<IpAddress128> staticVips)
    {
        (_vrrp, _staticVips) = (wanted, staticVips);
        return true;
    }

    public ValueTask DisposeAsync() => _checks.DisposeAsync();

    private ReloadStage Track(TrackerPlan plan)
    {
        var before = _trackers;
        _trackers = plan;
        return ReloadStage.None with { Undo = () => _trackers = before };
    }

    private sealed class RefusingPart : IReloadPart
    {
        public string Name => "the part that refuses";

        public ReloadStage Begin(ReloadContext reload) => throw new LinuxException("refuse", "everything", 1, "it is a test");
    }

    private sealed class NeverProbe : IProbe
    {
        public Task<ProbeResult> RunAsync(CancellationToken cancellation) => throw new InvalidOperationException("time stands still");
    }

    private sealed class TableForwarding : IForwarding
    {
        private static readonly MonoTime Now = MonoTime.Zero + TimeSpan.FromDays(1);

        public ForwardingTable Table { get; private set; } = ForwardingTable.Empty();

        public IReadOnlyList<PortDevice> Devices => [];

        public IEnumerable<int> LinkHandles => [];

        public void Publish(
            IReadOnlyList<VirtualServiceSpec> services, IReadOnlyCollection<IpAddress128> ownAddresses, ConnectionTimeouts timeouts) =>
            Table = ForwardingTable.Build(services, Table, Now, ownAddresses, timeouts: timeouts);

        public string? FindChange() => null;

        public IReadOnlyList<string> Repair() => [];

        public MonoTime ProgressedAt(MonoTime now, TimeSpan period) => now;

        public ServerLoad LoadOf(ServiceKey service, Endpoint server) => default;

        public ServiceLoad LoadOf(ServiceKey service) => default;

        public void Estimate()
        {
        }

        public bool Zero(ServiceKey? service) => false;

        public IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ConnectionsAsync(CancellationToken cancellation) =>
            AsyncEnumerable.Empty<IReadOnlyList<ConnectionEntry>>();

        public Task CountOffloadedAsync(CancellationToken cancellation) => Task.CompletedTask;

        public DatapathStatus Status() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
