using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Director.Lab.Namespaces;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>A director that is its masqueraded servers' router, on real XDP or packet sockets.</summary>
[Collection("kernel")]
public sealed class MasqueradingTests(ITestOutputHelper output)
{
    private const int Requests = 6;

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task Megabytes_and_datagrams_come_back_from_the_vip_with_their_checksums_right(string mode)
    {
        using var net = new NatNet(output, mode);
        await net.StartAsync();
        for (var i = 0; i < Requests; i++) Assert.Equal(BulkServer.Content, net.Get(NatNet.Vip));
        Assert.All(net.Servers, server => Assert.Equal(Requests / net.Servers.Count, server.Answered));

        using var client = NamespaceThread.Run(net.Client, () =>
        {
            // Connected: it hears nobody but the VIP's port.
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 30_000 };
            socket.Connect(new IPEndPoint(IPAddress.Parse(NatNet.Vip), 53));
            return socket;
        });
        var datagram = BulkServer.Content.AsSpan(0, 1200).ToArray();
        client.Send(datagram);
        var echoed = new byte[2048];
        Assert.Equal(datagram, echoed[..client.Receive(echoed)]);

        Assert.Equal((0, 0), (CounterOf(net.Client, "Tcp", "InCsumErrors"), CounterOf(net.Client, "Udp", "InCsumErrors")));
        var counters = (await net.StatusAsync()).Datapath.Counters;
        Assert.NotEqual(0, counters[mode == "xdp" ? "xdp.redirectedReply" : "tap.redirectedReply"]);
        Assert.Equal(0, counters["toHost"]);
        if (mode == "packet") Assert.NotEqual(0, counters["socket.superFrames"]);
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task A_server_is_reached_past_the_vip_by_the_hosts_routes(string mode)
    {
        using var net = new NatNet(output, mode);
        await net.StartAsync();
        Assert.Equal(BulkServer.Content, net.Get($"10.1.1.2:{NatNet.HttpPort}"));
        Assert.Equal((1, 0), (net.Servers[0].Answered, net.Servers[1].Answered));
        var counters = (await net.StatusAsync()).Datapath.Counters;
        Assert.InRange(counters["toHost"], BulkServer.Content.Length / 1460, long.MaxValue);
        Assert.Equal(0, counters["forwarded"]);
        Assert.Equal(0, counters["port.toHostRefused"]);
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task A_health_check_of_a_server_whose_answers_are_steered_gets_its_own(string mode)
    {
        using var net = new NatNet(output, mode);
        await net.StartAsync();
        net.Servers[0].Close();
        await net.UntilAsync("rs1 is down", status => IsAlive(status) == (false, true));
        net.Servers[0].Open();
        await net.UntilAsync("rs1 is up again", status => IsAlive(status) == (true, true));
        Assert.Equal(0, (await net.StatusAsync()).Datapath.Counters["received"]);
        for (var i = 0; i < Requests; i++) Assert.Equal(BulkServer.Content, net.Get(NatNet.Vip));
        Assert.All(net.Servers, server => Assert.Equal(Requests / net.Servers.Count, server.Answered));

        static (bool, bool) IsAlive(Director.Admin.StatusDocument status) =>
            (status.Services[0].Servers[0].Alive, status.Services[0].Servers[1].Alive);
    }

    private static long CounterOf(NetworkNamespace where, string group, string name)
    {
        var lines = NamespaceThread.Run(where, () => File.ReadAllLines("/proc/thread-self/net/snmp"))
            .Where(line => line.StartsWith(group + ":", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        return long.Parse(lines[1][Array.IndexOf(lines[0], name)], CultureInfo.InvariantCulture);
    }
}
