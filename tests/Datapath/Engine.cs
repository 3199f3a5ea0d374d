using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Datapath.Offload;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>
/// One worker over memory, with a clock that the test moves. Servers are numbered: server n is 10.0.0.(10+n), its MAC ends in n, and it
/// is reached by device n. Pools are written oldest first, as ipvsadm commands would add them. With offload, what the program sends is told
/// apart from what the worker sends by nothing.
/// </summary>
internal sealed class Engine : IDisposable
{
    public const string Vip = "10.0.0.100";
    public const string Client = "10.0.0.2";
    public const ushort Port = 80;

    private const ulong Seed = 0x5eed;

    private readonly MemoryFramePort _port = new(DatapathLimits.MaxBatchFrames);
    private readonly FrameBatch _batch = new(DatapathLimits.MaxBatchFrames);
    private readonly List<Sent> _sent = [];
    private readonly OffloadModel? _offload;
    private readonly PublishedTable _tables;

    public Engine(int capacity = 1024, int templates = 1024, IpvsSettings? settings = null, OffloadModel? offload = null)
    {
        _offload = offload;
        Connections = new(capacity, Seed);
        Persistence = new(templates, Seed);
        Forwarder = new(0, Connections, Persistence, settings, flows: offload?.Flows);
        _tables = new(ForwardingTable.Empty(1, settings), offload?.Flows);
        _port.Committed = (in FrameSlot slot, ReadOnlySpan<byte> frame) => _sent.Add(new(slot.Verdict, slot.Egress, frame.ToArray()));
    }

    public ConnectionTable Connections { get; }

    public PersistenceTable Persistence { get; }

    public Forwarder Forwarder { get; }

    public ForwardingTable Table => _tables.Current;

    public MonoTime Now { get; private set; } = MonoTime.Zero + TimeSpan.FromDays(10);

    public static ServiceKey HttpKey => Key(IpProtocol.Tcp, Port);

    public static ServiceKey Key(IpProtocol protocol, ushort port, string vip = Vip) => new(protocol, new(Ip(vip), port));

    /// <summary>The director's devices: each has a MAC of its own, and takes 1500 bytes.</summary>
    public static IEnumerable<LinkSpec> Links => Enumerable.Range(0, 8).Select(device => new LinkSpec(LinkMac(device), 1500));

    /// <summary>VLANs on them, which are numbered behind them.</summary>
    public IReadOnlyList<LinkSpec> Vlans { get; init; } = [];

    public static MacAddress LinkMac(int device) => Mac($"02:00:00:00:02:{device:x2}");

    public static MacAddress MacOf(int server) => Mac($"02:00:00:00:01:{server:x2}");

    public static RealServerSpec Server(int number, int weight = 1, int mtu = 1500, bool resolved = true) =>
        new(new(Ip($"10.0.0.{10 + number}"), Port), weight,
            resolved ? new NextHop((ushort)number, MacOf(number), DirectorMac, mtu) : null);

    /// <summary>Server n of an IPv6 service, 2001:db8::(10+n).</summary>
    public static RealServerSpec ServerV6(int number, int mtu = 1500) => new(
        new(Ip($"2001:db8::{10 + number}"), Port), 1, new NextHop((ushort)number, MacOf(number), DirectorMac, mtu));

    public static VirtualServiceSpec Service(string scheduler, params RealServerSpec[] oldestFirst) =>
        new(HttpKey, scheduler, null, 32, [.. oldestFirst.Reverse()]);

    public static VirtualServiceSpec Weighted(string scheduler, params int[] weights) =>
        Service(scheduler, [.. weights.Select((weight, i) => Server(i + 1, weight))]);

    public Engine With(params VirtualServiceSpec[] services) => With(null, services);

    public Engine With(ConnectionTimeouts? timeouts, params VirtualServiceSpec[] services)
    {
        _tables.Current = ForwardingTable.Build(services, Table, Now, null, [.. Links, .. Vlans], timeouts);
        return this;
    }

    public void Pass(double seconds)
    {
        // As an idle worker does: look at the wheel now and then.
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Now < end)
        {
            Now = MonoTime.Min(Now + TimeSpan.FromSeconds(1), end);
            Forwarder.Expire(Table, Now);
        }
    }

    public Sent Send(byte[] frame, ushort ingress = 0) => Send([frame], ingress).Single();

    public IReadOnlyList<Sent> Send(IReadOnlyList<byte[]> frames, ushort ingress = 0)
    {
        _sent.Clear();
        var offloaded = frames.Select(Offloaded).ToList();
        foreach (var (frame, sent) in frames.Zip(offloaded)) Assert.True(sent is not null || _port.TryPut(frame, ingress));
        _port.Receive(_batch);
        Forwarder.Process(_batch, Table, Now);
        _port.Commit(_batch);
        Assert.Equal(DatapathLimits.MaxBatchFrames, _port.FreeFrames);
        var next = 0;
        return [.. offloaded.Select(sent => sent ?? _sent[next++])];
    }

    public Sent Send(TcpFlags flags, ushort clientPort = 1000, string client = Client, ushort port = Port) =>
        Send(Tcp(client, clientPort, Vip, port, flags));

    /// <summary>The server that a SYN from that client goes to; 0 if it goes to none.</summary>
    public int ServerOf(ushort clientPort, string client = Client)
    {
        var sent = Send(TcpFlags.Syn, clientPort, client);
        return sent.Verdict == Verdict.Forward ? sent.Egress : 0;
    }

    /// <summary>The servers that SYNs from consecutive ports go to, as "3 2 1".</summary>
    public string Picks(int count, ushort firstPort = 1000) =>
        string.Join(' ', Enumerable.Range(firstPort, count).Select(port => ServerOf((ushort)port)));

    public RealServerState State(int server, ushort port = Port)
    {
        CountOffloaded();
        return Table.Find(new RealServerKey(HttpKey, new(Ip($"10.0.0.{10 + server}"), port)))
            ?? throw new InvalidOperationException($"no server {server}");
    }

    public long Count(WorkerCounter counter)
    {
        CountOffloaded();
        return Forwarder.Counters[counter];
    }

    public long Count(DropReason reason) => Forwarder.Counters[reason];

    public void Dispose()
    {
        _port.Dispose();
        Connections.Dispose();
    }

    private Sent? Offloaded(byte[] frame)
    {
        var copy = frame.ToArray();
        return _offload is not null && _offload.TrySend(copy, DirectorMac, Now, out var egress)
            ? new(Verdict.Forward, egress, copy)
            : null;
    }

    private void CountOffloaded()
    {
        var count = new OffloadCount(() => { });
        while (!count.TryAnswer(Forwarder, Table, Now, isIdle: false)) continue;
    }
}
