using System.Globalization;
using Director.Admin;
using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Ipvsadm;
using Director.Net;

namespace Director.Tests.Conformance.Replay;

/// <summary>
/// A director with one worker, that obeys a scenario's commands as its kernel did, by a clock that jumps over the waits. A command that it
/// cannot obey throws <see cref="NotSupportedException"/>.
/// </summary>
internal sealed class DirectorModel : IDisposable
{
    private const ulong Seed = 0x5eed;
    private const int Entries = 4096;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly IPacketPath _path;
    private readonly ServiceList _services = new();
    private readonly ConnectionTable _connections = new(Entries, Seed);
    private readonly PersistenceTable _persistence = new(Entries, Seed);
    private readonly TrafficEstimator _estimator = new();
    private IpvsSettings _settings = new();
    private Forwarder _forwarder;
    private readonly PublishedTable _tables;
    private MonoTime _now = MonoTime.Zero + TimeSpan.FromDays(10);
    private MonoTime _nextTick;

    public DirectorModel(IPacketPath path)
    {
        _path = path;
        _tables = new(ForwardingTable.Empty(), path.Flows);
        _forwarder = new(0, _connections, _persistence, _settings, flows: path.Flows);
        _nextTick = _now + TrafficEstimator.Period;
        _path.Serve(Table);
    }

    private ForwardingTable Table => _tables.Current;

    /// <summary>Sends a frame to it by a link; returns what became of it.</summary>
    public string Send(int link, byte[] frame) => _path.Send(link, frame, _forwarder, Table, _now);

    /// <summary>Obeys a command and returns the lines that it prints.</summary>
    public IReadOnlyList<string> Execute(string command, IReadOnlyList<string> input) =>
        command.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["keepalived"] => Configure(input),
        ["ipvsadm", "-Lnc"] => ConnectionLines.Of(_forwarder, Table, _now),
        ["ipvsadm", "--set", var tcp, var tcpFin, var udp] => Build(new(Span(tcp), Span(tcpFin), Span(udp))),
        ["listen", var point] => Listen(point, true),
        ["close", var point] => Listen(point, false),
        ["ipvsadm", .. var arguments] when arguments[0][1] is 'L' or 'S' or 'Z' => Answer(arguments),
        ["ipvsadm", .. var arguments] => Change(arguments),
        ["sysctl", "-q", "-w", var assignment] => Set(Assigned(assignment.Split('='))),
        ["ip", "link", "set", var device, "mtu", var mtu] => ChangeMtu(device, int.Parse(mtu, CultureInfo.InvariantCulture)),
        // A VIP is the director's when it has a service.
        ["ip", "address", "add", ..] => [],
        _ => throw new NotSupportedException(command),
    };

    /// <summary>Lets time pass as an idle worker does, which looks at its connections now and then.</summary>
    public void Pass(TimeSpan duration)
    {
        var end = _now + duration;
        while (_now < end)
        {
            _now = MonoTime.Min(MonoTime.Min(_now + Turn, _nextTick), end);
            _forwarder.Expire(Table, _now);
            if (_now < _nextTick) continue;
            CountOffloaded();
            _estimator.Tick(Table);
            _nextTick += TrafficEstimator.Period;
        }
    }

    public void Dispose() => _connections.Dispose();

    private IReadOnlyList<string> Change(string[] arguments)
    {
        _services.Apply(arguments);
        return Build();
    }

    private IReadOnlyList<string> Configure(IReadOnlyList<string> text)
    {
        _services.Configure(string.Join('\n', text));
        Build(_services.Timeouts);
        Pass(Stage.KeepalivedTime);
        return [];
    }

    private IReadOnlyList<string> ChangeMtu(string device, int mtu)
    {
        _services.ChangeMtu(Enumerable.Range(0, Stage.Links).Single(link => Stage.DeviceOf(link) == device), mtu);
        return Build();
    }

    private IReadOnlyList<string> Listen(string point, bool isListening)
    {
        _services.Listen(point, isListening);
        return Build();
    }

    private IReadOnlyList<string> Build(ConnectionTimeouts? timeouts = null)
    {
        _tables.Current = ForwardingTable.Build(
            _services.Services, Table, _now, [IpAddress128.Parse(Stage.Own), IpAddress128.Parse(Stage.Own6)], _services.Links, timeouts);
        _path.Serve(Table);
        _forwarder.Expire(Table, _now);
        return [];
    }

    /// <summary>All that a worker remembers is in its tables, so another one may go on with them.</summary>
    private IReadOnlyList<string> Set(IpvsSettings settings)
    {
        _settings = settings;
        CountOffloaded();
        _path.Flows?.CloseAll();
        _forwarder = new(0, _connections, _persistence, _settings, flows: _path.Flows);
        return [];
    }

    private IpvsSettings Assigned(string[] assignment) => (assignment[0], assignment[1]) switch
    {
        ("net.ipv4.vs.conn_reuse_mode", var mode) => _settings with { ConnReuseMode = int.Parse(mode, CultureInfo.InvariantCulture) },
        ("net.ipv4.vs.expire_nodest_conn", var value) => _settings with { ExpireNodestConn = value != "0" },
        ("net.ipv4.vs.expire_quiescent_template", var value) => _settings with { ExpireQuiescentTemplate = value != "0" },
        ("net.ipv4.vs.secure_tcp", var mode) => _settings with { SecureTcp = mode == "3" },
        ("net.ipv4.vs.schedule_icmp", var value) => _settings with { ScheduleIcmp = value != "0" },
        ("net.ipv4.vs.sloppy_tcp", var value) => _settings with { SloppyTcp = value != "0" },
        _ => throw new NotSupportedException($"sysctl {assignment[0]}"),
    };

    private void CountOffloaded()
    {
        var count = new OffloadCount(() => { });
        while (!count.TryAnswer(_forwarder, Table, _now, isIdle: true)) continue;
    }

    private string[] Answer(string[] arguments)
    {
        CountOffloaded();
        if (!IpvsadmArguments.TryRead(arguments, out var request, out var problem)) throw new NotSupportedException(problem);
        var text = request.Action switch
        {
            IpvsadmAction.Timeouts => IpvsadmText.Timeouts(TimeoutStatus.Of(Table.Timeouts)),
            IpvsadmAction.Rules => IpvsadmText.Rules(Shown(), request),
            IpvsadmAction.Zero => _estimator.Zero(Table, request.Service) ? "" : throw new NotSupportedException("no such service"),
            _ => IpvsadmText.List(Shown(), request),
        };
        return text.Split('\n')[..^1];
    }

    private IEnumerable<ServiceStatus> Shown() => _services.Services.Select(service => ShownService.Of(service, Table));

    private static TimeSpan Span(string seconds) => TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
}
