using Director.Datapath.Ports;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Linux.PacketMmap;

/// <summary>
/// The network of <see cref="SteeredNet"/> with the director's links tapped instead of steered by XDP, and the VIP on its eth0: what is
/// not kept from the host, the host answers.
/// </summary>
internal sealed class TappedNet : IDisposable
{
    private readonly NamespaceSet _set = new();
    private readonly List<PacketPort> _ports = [];

    /// <param name="queues">Of each end of each link.</param>
    /// <param name="offloads">Whether the client leaves checksums and cutting to the hardware, of which there is none.</param>
    /// <param name="mtu">Of all links.</param>
    public TappedNet(int queues = 1, bool offloads = false, int mtu = 1500)
    {
        Client = _set.Create("client");
        Director = _set.Create("director");
        Server = _set.Create("server");
        Veth.Connect(Client, "eth0", Director, "eth0", SteeredNet.ClientMac, SteeredNet.FrontMac, queues);
        Veth.Connect(Director, "eth1", Server, "eth0", SteeredNet.BackMac, SteeredNet.ServerMac, queues);
        var size = mtu.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (where, link) in new[] { (Client, "eth0"), (Director, "eth0"), (Director, "eth1"), (Server, "eth0") })
            where.Ip("link", "set", link, "mtu", size);
        Client.AddAddress("eth0", "192.0.2.2/24");
        Director.AddAddress("eth0", "192.0.2.1/24");
        Director.AddAddress("eth0", $"{SteeredNet.Vip.Address}/32");
        Client.Ip("neigh", "add", SteeredNet.Vip.Address.ToString(), "lladdr", SteeredNet.FrontMac.ToString(), "dev", "eth0");
        Director.Ip("neigh", "add", "192.0.2.2", "lladdr", SteeredNet.ClientMac.ToString(), "dev", "eth0");
        if (offloads) Client.Run("ethtool", "-K", "eth0", "tx", "on", "sg", "on", "tso", "on", "gso", "on");
        Steering = NamespaceThread.Run(Director, () =>
        {
            var steering = Steering.Create();
            steering.Tap(XdpDevice.Open("eth0"));
            steering.Tap(XdpDevice.Open("eth1"));
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

    public TappedDevice Front => Steering.Taps[0];

    public PacketPort Port => _ports[0];

    /// <summary>Steers the VIP's UDP service and arms it.</summary>
    public void Arm()
    {
        Steering.Steer([SteeredNet.UdpService]);
        Steering.Vips.Arm(SteeredNet.Vip.Address);
    }

    /// <summary>Opens as many ports as there shall be workers.</summary>
    public IReadOnlyList<PacketPort> Open(int workers = 1, PacketOptions? options = null, IHostPort? host = null)
    {
        NamespaceThread.Run(Director, () =>
        {
            for (var worker = 0; worker < workers; worker++)
                _ports.Add(PacketPort.Open(Steering.Taps, workers, options ?? new PacketOptions(), host ?? new RecordingHost()));
        });
        return _ports;
    }

    /// <summary>Opens one port and arms the VIP.</summary>
    public PacketPort Serve(PacketOptions? options = null, IHostPort? host = null)
    {
        Open(1, options, host);
        Arm();
        return Port;
    }

    /// <summary>Works as a worker does until <paramref name="count"/> frames were received.</summary>
    public int Pump(int count, Action<FrameBatch, int> decide, int batchFrames = 64)
    {
        var batch = new FrameBatch(batchFrames);
        var received = 0;
        for (var idle = 0; received < count && idle < 100; )
        {
            if (Port.Receive(batch) == 0)
            {
                Port.Wait(TimeSpan.FromMilliseconds(100));
                idle++;
                continue;
            }

            idle = 0;
            received += batch.Count;
            for (var i = 0; i < batch.Count; i++) decide(batch, i);
            Port.Commit(batch);
        }

        return received;
    }

    public void Dispose()
    {
        foreach (var port in _ports) port.Dispose();
        ClientWire.Dispose();
        ServerWire.Dispose();
        Steering.Dispose();
        _set.Dispose();
    }
}
