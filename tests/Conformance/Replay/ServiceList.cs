using System.Globalization;
using Director.Config;
using Director.Control;
using Director.Datapath;
using Director.Datapath.Scheduling;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Tests.Config;

namespace Director.Tests.Conformance.Replay;

/// <summary>
/// The services that ipvsadm(8) commands or a keepalived.conf have set up, as the forwarding engine wants them. What is asked for and the
/// engine cannot do throws <see cref="NotSupportedException"/>.
/// </summary>
internal sealed class ServiceList
{
    private const int DefaultPersistenceSeconds = 300;
    private const string FileName = "/keepalived.conf";

    private readonly List<VirtualServiceSpec> _services = [];
    private readonly HashSet<Endpoint> _listening = [];
    private readonly NextHopTable _nextHops = new();
    private readonly DirectorCore _core;
    private readonly int[] _mtus = [.. Enumerable.Repeat(Stage.Mtu, Stage.Links)];

    public ServiceList() => _core = new(_nextHops, LvsTimeoutsConfig.None);

    /// <summary>The services, in the order of their making; servers newest first.</summary>
    public IReadOnlyList<VirtualServiceSpec> Services => _services;

    /// <summary>The director's devices.</summary>
    public IEnumerable<LinkSpec> Links => Enumerable.Range(0, Stage.Links).Select(link => new LinkSpec(Stage.NearMac(link), _mtus[link]));

    /// <summary>Obeys <c>ipvsadm</c> with these arguments, which change something.</summary>
    public void Apply(IEnumerable<string> arguments)
    {
        var words = new Queue<string>(arguments);
        var action = words.Dequeue();
        if (action == "-C")
        {
            _services.Clear();
            return;
        }

        var key = Key(words.Dequeue(), words.Dequeue());
        var at = _services.FindIndex(service => service.Key == key);
        switch (action)
        {
            case "-A":
                if (at < 0) _services.Add(Service(key, words, []));
                break;
            case "-E":
                _services[at] = Service(key, words, _services[at].Servers);
                break;
            case "-D":
                _services.RemoveAt(at);
                break;
            case "-a" or "-e":
                _services[at] = _services[at] with { Servers = With(_services[at], Server(key, words)) };
                break;
            case "-d":
                var gone = Server(key, words).Endpoint;
                _services[at] = _services[at] with { Servers = [.. _services[at].Servers.Where(server => server.Endpoint != gone)] };
                break;
            default:
                throw new NotSupportedException($"ipvsadm {action}");
        }
    }

    /// <summary>How long connections stay by the keepalived.conf in force.</summary>
    public ConnectionTimeouts Timeouts => _core.Timeouts;

    /// <summary>Takes a keepalived.conf into force, as the director's control core does.</summary>
    public void Configure(string text)
    {
        var result = ConfigReader.Read(FileName, new MemoryConfigFiles { [FileName] = text });
        if (result.HasErrors) throw new NotSupportedException(string.Join('\n', result.Diagnostics));
        if (ConfigSupport.Problems(result.Config).FirstOrDefault() is { } problem) throw new NotSupportedException(problem.Message);
        _core.Configure(result.Config, []);
        foreach (var server in _core.Servers) _nextHops.SetOwn(server, Stage.ServerLink(server) == 0);
        Check();
    }

    /// <summary>Has a program on the director listen at an address and port, or no longer.</summary>
    public void Listen(string point, bool isListening)
    {
        if (isListening) _listening.Add(Point(point));
        else _listening.Remove(Point(point));
        Check();
    }

    /// <summary>Has a link take packets of other lengths.</summary>
    public void ChangeMtu(int link, int mtu)
    {
        _mtus[link] = mtu;
        Reach();
    }

    private bool Listens(TcpCheckConfig check) => _listening.Contains(check.Connection.Target);

    /// <summary>Has all checks done: beyond the links nobody answers, so they pass where something listens on the director.</summary>
    private void Check()
    {
        foreach (var service in _core.Config.VirtualServers)
        {
            foreach (var server in service.RealServers)
                _core.Apply(service.Key, server.Endpoint, server.Checks.Cast<TcpCheckConfig>().All(Listens), []);
        }

        _services.Clear();
        _services.AddRange(_core.Desired());
        Reach();
    }

    /// <summary>Tells all servers the ways to them.</summary>
    private void Reach()
    {
        for (var i = 0; i < _services.Count; i++)
        {
            var servers = _services[i].Servers.Select(server => server with { NextHop = NextHop(server) });
            _services[i] = _services[i] with { Servers = [.. servers] };
        }
    }

    private NextHop? NextHop(RealServerSpec server)
    {
        var link = Stage.ServerLink(server.Endpoint.Address);
        if (link == 0) return null;
        // The source that the kernel's route to the server names; of the addresses of IPv6 the one most like the server's (RFC 6724 §5).
        var own = IpAddress128.Parse(server.Endpoint.Address.IsV4 ? Stage.Own : Stage.Vip6);
        return new NextHop((ushort)link, Stage.FarMac(link), Stage.NearMac(link), _mtus[link]) { Address = own };
    }

    private static Endpoint Point(string text)
    {
        var colon = text.LastIndexOf(':');
        return new(IpAddress128.Parse(text[..colon].Trim('[', ']')), ushort.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    private static ServiceKey Key(string option, string value) => option switch
    {
        "-t" => new(IpProtocol.Tcp, Point(value)),
        "-u" => new(IpProtocol.Udp, Point(value)),
        _ => throw new NotSupportedException($"ipvsadm {option}"),
    };

    private static VirtualServiceSpec Service(ServiceKey key, Queue<string> words, IReadOnlyList<RealServerSpec> servers)
    {
        var service = new VirtualServiceSpec(key, "wlc", null, key.Virtual.Address.IsV4 ? 32 : 128, servers);
        while (words.TryDequeue(out var option))
        {
            service = option switch
            {
                "-s" => service with { Scheduler = words.Dequeue() },
                "-p" => service with { PersistenceTimeout = Timeout(words) },
                "-o" => service with { IsOnePacket = true },
                "-b" => service with { SchedulerFlags = Flags(service.Scheduler, words.Dequeue()) },
                "-M" => service with { PersistencePrefixLength = PrefixLength(words.Dequeue()) },
                _ => throw new NotSupportedException($"ipvsadm {option} of a service"),
            };
        }

        return service;
    }

    private static TimeSpan Timeout(Queue<string> words) => TimeSpan.FromSeconds(
        words.TryPeek(out var next) && int.TryParse(next, CultureInfo.InvariantCulture, out _) ? Number(words) : DefaultPersistenceSeconds);

    private static int PrefixLength(string mask) => mask.Contains('.', StringComparison.Ordinal)
        ? System.Numerics.BitOperations.PopCount(IpAddress128.Parse(mask).V4)
        : int.Parse(mask, CultureInfo.InvariantCulture);

    private static SchedulerFlags Flags(string scheduler, string names) => names.Split(',').Aggregate(SchedulerFlags.None,
        (flags, name) => flags | (name == $"{scheduler}-port" ? SchedulerFlags.Port
            : name == $"{scheduler}-fallback" ? SchedulerFlags.Fallback
            : throw new NotSupportedException($"ipvsadm -b {name}")));

    private RealServerSpec Server(ServiceKey key, Queue<string> words)
    {
        RealServerSpec? server = null;
        while (words.TryDequeue(out var option))
        {
            server = option switch
            {
                "-r" => Server(words.Dequeue(), key.Virtual.Port),
                "-g" => server! with { Method = ForwardingMethod.DirectRouting },
                "-i" => server! with { Method = ForwardingMethod.Tunnel },
                "-m" => server! with { Method = ForwardingMethod.Masquerading },
                "-w" => server! with { Weight = Number(words) },
                "-x" => server! with { Thresholds = server.Thresholds with { Upper = Number(words) } },
                "-y" => server! with { Thresholds = server.Thresholds with { Lower = Number(words) } },
                _ => throw new NotSupportedException($"ipvsadm {option} of a server"),
            };
        }

        return server!;
    }

    private RealServerSpec Server(string text, ushort port)
    {
        var hasPort = text.StartsWith('[') ? !text.EndsWith(']') : text.Contains(':', StringComparison.Ordinal);
        var point = hasPort ? Point(text) : new(IpAddress128.Parse(text.Trim('[', ']')), port);
        var server = new RealServerSpec(point, 1, null) { IsLocal = Stage.ServerLink(point.Address) == 0 };
        return server with { NextHop = NextHop(server) };
    }

    private static List<RealServerSpec> With(VirtualServiceSpec service, RealServerSpec server)
    {
        var servers = service.Servers.ToList();
        var at = servers.FindIndex(other => other.Endpoint == server.Endpoint);
        if (at < 0) servers.Insert(0, server);
        else servers[at] = server;
        return servers;
    }

    private static int Number(Queue<string> words) => int.Parse(words.Dequeue(), CultureInfo.InvariantCulture);
}
