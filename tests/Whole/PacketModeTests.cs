using System.Net.Sockets;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>What AF_PACKET meets that AF_XDP does not, and how it is come to.</summary>
public sealed class PacketModeTests(ITestOutputHelper output)
{
    private const int UploadBytes = 8 << 20;

    [KernelFact]
    public async Task An_upload_whose_cutting_was_left_to_the_hardware_arrives_whole()
    {
        using var pair = new Pair(output, Pair.WithoutPersistence, "packet");
        var topology = pair.Stage.Topology;
        using var servers = new EchoServers(topology);
        await pair.StartFirstDirectorAsync();
        topology.Client.Run("ethtool", "-K", "eth0", "tx", "on", "sg", "on", "tso", "on", "gso", "on");
        topology.Switch.Run("ethtool", "-K", "d1", "tx", "on", "sg", "on", "tso", "on", "gso", "on");

        var sent = new byte[UploadBytes];
        new Random(1).NextBytes(sent);
        var echoed = new byte[UploadBytes];
        using var connection = EchoClient.Connect(topology.Client);
        var sending = Task.Run(() => SendAll(connection, sent));
        for (var received = 0; received < echoed.Length; )
        {
            var count = connection.Receive(echoed.AsSpan(received));
            Assert.NotEqual(0, count);
            received += count;
        }

        await sending;
        Assert.Equal(sent, echoed);
        var counters = (await pair.StatusAsync()).Datapath.Counters;
        output.WriteLine($"{counters["socket.superFrames"]} super-frames became {counters["forwarded"]} frames");
        Assert.NotEqual(0, counters["socket.superFrames"]);
        Assert.InRange(counters["forwarded"], UploadBytes / 1460, long.MaxValue);
        Assert.Equal(0, counters["socket.unreadable"]);
        Assert.Equal(0, counters["drop.tooBig"]);
    }

    [KernelFact]
    public async Task Where_xdp_is_refused_packet_sockets_serve_and_status_says_why_and_what_to_do()
    {
        using var two = new TwoDirectors(output);
        foreach (var director in two.Stage.Directors) two.MachineOf(director).Ip("link", "set", "dev", "eth0", "mtu", "2000");
        await two.StartAsync();
        await two.AssertServedAsync();

        var datapath = (await TwoDirectors.StatusOfAsync(two.First))!.Datapath;
        Assert.Equal("packet", datapath.Mode);
        Assert.StartsWith("AF_PACKET, because native XDP is refused: XDP on eth0, which ", datapath.Why, StringComparison.Ordinal);
        Assert.Contains("`ip link set dev eth0 mtu 1500`", datapath.Why, StringComparison.Ordinal);
        Assert.True(TwoDirectors.HasSaid(two.First, "native XDP is refused, so AF_PACKET is used"));
    }

    [KernelFact]
    public async Task Several_workers_share_a_device_of_one_queue()
    {
        using var pair = new Pair(output, Pair.WithoutPersistence, "packet", "Datapath:Workers=3");
        foreach (var server in new[] { "rs1", "rs2" }) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();

        var results = await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 25, default);

        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
        var datapath = (await pair.StatusAsync()).Datapath;
        Assert.Equal(3, datapath.Workers.Count);
        Assert.All(datapath.Workers, worker => Assert.NotEqual(0, worker.Counters["forwarded"]));
        Assert.Equal(datapath.Counters["received"], datapath.Counters["forwarded"]);
    }

    private static void SendAll(Socket connection, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[connection.Send(bytes)..];
    }
}
