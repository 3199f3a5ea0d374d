using System.Net.Sockets;
using Director.Net;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>What can become of a director's device, and is made good while the director and its connections go on.</summary>
[Collection("kernel")]
public sealed class DeviceTroubleTests(ITestOutputHelper output)
{
    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task Queues_that_are_added_are_served_and_connections_that_move_to_another_worker_go_on(string mode)
    {
        using var two = new TwoDirectors(output, Pair.WithoutPersistence, mode);
        var director = two.First;
        var link = LinkOf(two);
        link.Delete();
        link.Make(queues: 3);
        link.SetQueues(2);
        link.ReceiveBy(0);
        using var servers = new EchoServers(two.Stage.Topology);
        two.Stage.StartDirector(director.Role);
        await two.UntilOwnedByAsync(director);
        await two.UntilReadyAsync(director);
        var standing = Enumerable.Range(0, 8).Select(_ => EchoClient.Connect(two.Client)).ToList();
        Assert.All(standing, connection => Assert.Equal("before", EchoClient.Echo(connection, "before")));
        var process = director.ProcessId;
        using var resets = two.ListenForResets(director);

        link.SetQueues(3);
        await two.UntilAsync("the new queue is noticed", () =>
            TwoDirectors.HasSaid(director, "eth0 has 3 receive queue(s) now and had 2: 2 worker(s) serve them"));
        Assert.All(standing, connection => Assert.Equal("meanwhile", EchoClient.Echo(connection, "meanwhile")));

        // The new queue is the first worker's, and every connection's owner; then all of them come to the other worker.
        link.ReceiveBy(2);
        Assert.All(standing, connection => Assert.Equal("by the new", EchoClient.Echo(connection, "by the new")));
        link.ReceiveBy(1);
        Assert.All(standing, connection => Assert.Equal("elsewhere", EchoClient.Echo(connection, "elsewhere")));
        using (var fresh = EchoClient.Connect(two.Client)) Assert.Equal("fresh", EchoClient.Echo(fresh, "fresh"));

        foreach (var connection in standing) End(connection);
        await two.UntilAsync("their owner has seen them end", director, status =>
            status.Services[0].Servers.All(server => server.ActiveConnections == 0));
        Assert.Equal(process, director.ProcessId);
        TwoDirectors.AssertNoResets(resets);
    }

    [KernelTheory]
    [InlineData("xdp", false)]
    [InlineData("xdp", true)]
    [InlineData("packet", false)]
    public async Task A_device_that_is_deleted_and_made_again_is_served_again_without_a_new_start(string mode, bool hasOtherMac)
    {
        using var two = new TwoDirectors(output, mode: mode);
        await two.StartAsync();
        await two.AssertServedAsync();
        var process = two.First.ProcessId;

        LinkOf(two).Delete();
        await two.UntilAsync("d1 is in FAULT", two.First, status => status.Vrrp[0].State == "FAULT");
        await two.UntilAsync("that is said", () => TwoDirectors.HasSaid(two.First, "eth0 is gone"));
        await two.UntilAsync("d2 has the VIP", () => two.HasVip(two.Second));
        await two.AssertServedAsync();

        LinkOf(two).Make(mac: hasOtherMac ? MacAddress.TryParse("02:00:00:00:02:01", out var mac) ? mac : default : null);
        await two.UntilQuietWithAsync(two.First);
        await two.UntilReadyAsync(two.First);
        Assert.True(TwoDirectors.HasSaid(two.First, "eth0 was made again"));
        var before = (await two.UntilAsync("d1 answers", two.First, _ => true)).Datapath.Counters["forwarded"];
        await two.AssertServedAsync();
        await two.UntilAsync("d1 forwards again", two.First, status => status.Datapath.Counters["forwarded"] > before);
        Assert.Equal(process, two.First.ProcessId);
        Assert.True(two.HasProgram(two.First));

        // The VRRP process holds the new program, and not only the old.
        using var resets = two.ListenForResets(two.First);
        var heir = two.VrrpProcessOf(two.First)!.Value;
        TwoDirectors.Signal(heir, "STOP");
        two.Stage.EndDirector(two.First.Role, Director.Lab.Scenarios.DirectorEnd.KillMain);
        await two.UntilAsync("the main process is gone", () => !two.First.IsRunning);
        Assert.True(two.HasProgram(two.First));
        TwoDirectors.Signal(heir, "CONT");
        await two.UntilOwnedByAsync(two.Second);
        TwoDirectors.AssertNoResets(resets);
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task An_mtu_that_changes_is_the_one_that_clients_are_told(string mode)
    {
        using var two = new TwoDirectors(output, Pair.WithoutPersistence, mode);
        var director = two.First;
        using var servers = new EchoServers(two.Stage.Topology);
        two.Stage.StartDirector(director.Role);
        await two.UntilOwnedByAsync(director);
        await two.UntilReadyAsync(director);
        using var connection = EchoClient.Connect(two.Client);
        var text = new string('x', 1448 * 4);
        Assert.Equal(text, EchoClient.Echo(connection, text));
        Assert.DoesNotContain("mtu", PathTo(two), StringComparison.Ordinal);

        // Not lower: veth drops what is longer than its own MTU and a VLAN tag before anybody sees it.
        LinkOf(two).SetMtu(1497);
        await two.UntilAsync("it is noticed", () => TwoDirectors.HasSaid(director, "eth0 has an MTU of 1497 now"));
        Assert.Equal(text, EchoClient.Echo(connection, text));
        Assert.Contains("mtu 1497", PathTo(two), StringComparison.Ordinal);

        LinkOf(two).SetMtu(1500);
        await two.UntilAsync("it is noticed", () => TwoDirectors.HasSaid(director, "eth0 has an MTU of 1500 now"));
        two.Client.Ip("route", "flush", "cache");
        using var fresh = EchoClient.Connect(two.Client);
        Assert.Equal(text, EchoClient.Echo(fresh, text));
        Assert.DoesNotContain("mtu", PathTo(two), StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task An_mtu_beyond_what_a_frame_takes_is_said_with_its_remedy()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        two.Stage.StartDirector(two.First.Role);
        await two.UntilOwnedByAsync(two.First);
        LinkOf(two).SetMtu(2000);
        await two.UntilAsync("it is said", () => TwoDirectors.HasSaid(two.First,
            "eth0 has an MTU of 2000 now, and a frame takes 1770: longer packets are dropped; `ip link set dev eth0 mtu 1500`"));
        await two.UntilOwnedByAsync(two.First);
    }

    private static DirectorLink LinkOf(TwoDirectors two) =>
        new(two.Stage.Topology, two.Stage.Plan.Directors.Single(host => host.Role == two.First.Role));

    private static string PathTo(TwoDirectors two) => two.Client.Ip("route", "get", "192.168.80.130");

    private static void End(Socket connection)
    {
        connection.Shutdown(SocketShutdown.Both);
        connection.Dispose();
    }
}
