using Director.Datapath.Ports;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Xdp;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

/// <summary>
/// client eth0 ── eth0 director eth1 ── eth0 server, veth pairs between namespaces, with the steering program on the
/// director's links and a port over both.
/// </summary>
internal sealed class SteeredNet : IDisposable
{
    public static readonly MacAddress ClientMac = Mac("02:00:00:00:00:0c");
    public static readonly MacAddress FrontMac = Mac("02:00:00:00:00:d0");
    public static readonly MacAddress BackMac = Mac("02:00:00:00:00:d1");
    public static readonly MacAddress ServerMac = Mac("02:00:00:00:00:05");
    public static readonly Endpoint ClientPoint = new(IpAddress128.Parse("192.0.2.2"), 40000);
    public static readonly Endpoint Vip = new(IpAddress128.Parse("192.0.2.100"), 80);
    public static readonly ServiceKey UdpService = new(IpProtocol.Udp, Vip);

    private readonly NamespaceSet _set = new();

    /// <summary>The same with flows offloaded.</summary>
    public SteeredNet(FlowMaps flows)
        : this(XdpMode.Native, 1, flows, [])
    {
    }

    public SteeredNet(XdpMode mode = XdpMode.Native, int queues = 1, params ushort[] frontVlans)
        : this(mode, queues, null, frontVlans)
    {
    }

    private SteeredNet(XdpMode mode, int queues, FlowMaps? flows, ushort[] frontVlans)
    {
        Client = _set.Create("client");
        Director = _set.Create("director");
        Server = _set.Create("server");
        Veth.Connect(Client, "eth0", Director, "eth0", ClientMac, FrontMac, queues);
        Veth.Connect(Director, "eth1", Server, "eth0", BackMac, ServerMac, queues);
        Client.AddAddress("eth0", "192.0.2.2/24");
        Director.AddAddress("eth0", "192.0.2.1/24");
        Client.Ip("neigh", "add", "192.0.2.1", "lladdr", FrontMac.ToString(), "dev", "eth0");
        Director.Ip("neigh", "add", "192.0.2.2", "lladdr", ClientMac.ToString(), "dev", "eth0");
        Director.Run("ethtool", "-K", "eth0", "rxvlan", "off");
        Steering = NamespaceThread.Run(Director, () =>
        {
            var steering = Steering.Create(flows);
            steering.Attach(XdpDevice.Open("eth0"), mode, frontVlans);
            steering.Attach(XdpDevice.Open("eth1"), mode);
            return steering;
        });
        ClientWire = Wire.Open(Client);
        ServerWire = Wire.Open(Server);
    }

    public NetworkNamespace Client { get; }

    public NetworkNamespace Director { get; }

    public NetworkNamespace Server { get; }

    public Steering Steering { get; }

    public Wire ClientWire { get; }

    public Wire ServerWire { get; }

    public XskPort? Port { get; private set; }

    public SteeredDevice Front => Steering.Devices[0];

    public SteeredDevice Back => Steering.Devices[1];

    public static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);

    /// <summary>A datagram of the client's to the VIP, as it arrives at the director; the tag tells it from others.</summary>
    public static byte[] ToVip(ushort tag = 0, int payload = 18) => TestFrame.Udp(FrontMac, ClientMac, ClientPoint, Vip, payload, tag);

    public static bool IsToVip(byte[] frame) =>
        Ipv4Header.TryRead(frame.AsSpan(TestFrame.Ip), out var ip) && ip.Destination == Vip.Address;

    /// <summary>Arms the VIP, steers its UDP service and opens the port.</summary>
    public XskPort Serve(XskOptions? options = null, IHostPort? host = null)
    {
        Steering.Steer([UdpService]);
        Steering.Vips.Arm(Vip.Address);
        return OpenPort(options, host);
    }

    public XskPort OpenPort(XskOptions? options = null, IHostPort? host = null) => Port = NamespaceThread.Run(Director,
        () => XskPort.Open(Steering.Devices, 0, 1, options ?? new XskOptions(), host ?? new RecordingHost()));

    /// <summary>
    /// Works as a worker does until <paramref name="count"/> frames were received; <paramref name="decide"/> writes each slot's verdict.
    /// </summary>
    public int Pump(int count, Action<FrameBatch, int> decide)
    {
        var port = Port!;
        var batch = new FrameBatch();
        var received = 0;
        for (var idle = 0; received < count && idle < 100; )
        {
            if (port.Receive(batch) == 0)
            {
                port.Wait(TimeSpan.FromMilliseconds(100));
                idle++;
                continue;
            }

            idle = 0;
            received += batch.Count;
            for (var i = 0; i < batch.Count; i++) decide(batch, i);
            port.Commit(batch);
        }

        return received;
    }

    /// <summary>One turn of a worker's loop, without waiting.</summary>
    public void PumpOnce(Action<FrameBatch, int> decide)
    {
        var batch = new FrameBatch();
        Port!.Receive(batch);
        for (var i = 0; i < batch.Count; i++) decide(batch, i);
        Port.Commit(batch);
    }

    /// <summary>
    /// Turns the worker's loop until all that was redirected has come up or was dropped, and all that was sent has come back.
    /// </summary>
    public void Settle(Action turn)
    {
        for (var i = 0; i < 1000; i++)
        {
            turn();
            var redirected = Front.Counts()[SteeringCounter.Redirected];
            var front = Port!.Statistics.Sockets[0];
            if (redirected == (ulong)front.Received + front.RxDropped + front.RxRingFull
                && Port.Lanes.All(lane => lane.Outstanding == 0)) return;
            Port.Wait(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Direct routing to the server: rewrites the frame's addresses and sends it by eth1.</summary>
    public static void ToServer(FrameBatch batch, int index)
    {
        var frame = batch.Frame(index);
        ServerMac.WriteTo(frame);
        BackMac.WriteTo(frame[MacAddress.Size..]);
        batch[index].Egress = 1;
        batch[index].Verdict = Verdict.Forward;
    }

    /// <summary>Back to the client by the device that the frame came in by: a director with one arm.</summary>
    public static void Hairpin(FrameBatch batch, int index)
    {
        var frame = batch.Frame(index);
        ClientMac.WriteTo(frame);
        FrontMac.WriteTo(frame[MacAddress.Size..]);
        batch[index].Verdict = Verdict.Reply;
    }

    public void Dispose()
    {
        Port?.Dispose();
        ClientWire.Dispose();
        ServerWire.Dispose();
        Steering.Dispose();
        _set.Dispose();
    }
}
