using System.Net.Sockets;
using System.Text.RegularExpressions;
using Director.Admin;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Tests.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// Established connections that the XDP program forwards by itself, and everything that has to end that at once. In the lab what XDP sends
/// arrives only if the switch's port has GRO on.
/// </summary>
public sealed class OffloadTests(ITestOutputHelper output)
{
    private const int Words = 50;

    [KernelFact]
    public async Task By_a_device_that_loses_what_xdp_sends_nothing_is_offloaded_and_all_is_served()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        await two.StartAsync();
        var status = await two.UntilAsync("it is known that nothing arrives", two.First, status => status.Datapath.Offload.State == "off");
        Assert.Contains("do not arrive", Assert.Single(status.Datapath.Offload.Ways), StringComparison.Ordinal);
        await two.AssertServedAsync();
        status = (await TwoDirectors.StatusOfAsync(two.First))!;
        Assert.Equal(0, status.Datapath.Offload.Flows);
        Assert.Equal(0, status.Datapath.Counters["xdp.offloaded"]);

        // As soon as it does, they are.
        LetXdpSend(two);
        await UntilOnAsync(two, two.First);
    }

    [KernelFact]
    public async Task A_connection_is_offloaded_counted_exactly_and_ends_as_ever()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        using var servers = new EchoServers(two.Stage.Topology);
        await StartAsync(two, two.First);

        using (var connection = EchoClient.Connect(two.Client))
        {
            Chat(connection);
            var during = (await TwoDirectors.StatusOfAsync(two.First))!;
            Assert.Equal(1, during.Datapath.Offload.Flows);
            var offloaded = during.Datapath.Counters["offloaded"];
            Assert.InRange(offloaded, Words - 5, long.MaxValue);
            Assert.Equal(offloaded, during.Datapath.Counters["xdp.offloaded"]);
            AssertAllAccountedFor(during);
            Assert.Equal(1, during.Services[0].Servers.Sum(server => server.ActiveConnections));
            var listed = two.MachineOf(two.First).Run(
                [.. DirectorProgram.Command, "connections", "--run-dir", two.First.RunDirectory]);
            Assert.Contains(" offloaded\n", listed, StringComparison.Ordinal);
        }

        var after = await two.UntilAsync("the flow is closed", two.First, status => status.Datapath.Offload.Flows == 0);
        AssertAllAccountedFor(after);
        Assert.Equal(after.Datapath.Counters["forwarded"], after.Services[0].Servers.Sum(server => server.Traffic.InPackets));
        Assert.Equal(0, after.Services[0].Servers.Sum(server => server.ActiveConnections));
    }

    [KernelFact]
    public async Task Megabytes_arrive_whole_while_servers_come_and_go_and_the_configuration_is_read_again()
    {
        using var two = new TwoDirectors(output, text => WithoutChecks(Pair.WithoutPersistence(text)), mode: "xdp");
        using var servers = new EchoServers(two.Stage.Topology);
        await StartAsync(two, two.First);
        await two.UntilReadyAsync(two.First);
        using var staying = EchoClient.ConnectUntilServedBy(two.Client, servers.First);
        using var leaving = EchoClient.ConnectUntilServedBy(two.Client, servers.Second);
        Transfer(staying);
        Transfer(leaving);
        Assert.Equal(2, (await TwoDirectors.StatusOfAsync(two.First))!.Datapath.Offload.Flows);

        // One server less: what is established with it goes nowhere from the very instant, as without offload; the other does not notice.
        var whole = File.ReadAllText(two.First.ConfigFile);
        File.WriteAllText(two.First.ConfigFile,
            whole.Replace("real_server 192.168.80.134", "real_server 192.168.80.136", StringComparison.Ordinal));
        TwoDirectors.Signal(two.First.ProcessId, "HUP");
        await two.UntilAsync("the server has left", two.First,
            status => status.Services[0].Servers.All(server => !server.Address.StartsWith("192.168.80.134", StringComparison.Ordinal)));
        Transfer(staying);
        leaving.ReceiveTimeout = 500;
        leaving.Send("lost"u8);
        Assert.Throws<SocketException>(() => EchoClient.Receive(leaving, 4));

        // It comes back, and what was said meanwhile is said again.
        File.WriteAllText(two.First.ConfigFile, whole);
        TwoDirectors.Signal(two.First.ProcessId, "HUP");
        leaving.ReceiveTimeout = 30_000;
        Assert.Equal("lost", EchoClient.Receive(leaving, 4));
        Transfer(leaving);
        Transfer(staying);
        AssertAllAccountedFor((await TwoDirectors.StatusOfAsync(two.First))!);
    }

    [KernelFact]
    public async Task While_the_main_process_is_dead_flows_go_on_until_the_vip_is_gone_and_no_longer()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        using var servers = new EchoServers(two.Stage.Topology);
        await StartAsync(two, two.First, two.Second);
        using var resets = two.ListenForResets(two.First);
        using var connection = EchoClient.Connect(two.Client);
        Chat(connection);

        // The VRRP process is held up, so that the time in which nobody serves lasts.
        var vrrp = two.VrrpProcessOf(two.First)!.Value;
        TwoDirectors.Signal(vrrp, "STOP");
        two.Stage.EndDirector(two.First.Role, DirectorEnd.KillMain);
        await two.UntilAsync("the main process is gone", () => !two.First.IsRunning);
        Chat(connection);
        TwoDirectors.Signal(vrrp, "CONT");

        await two.UntilOwnedByAsync(two.Second);
        await two.UntilAsync("its VRRP process has ended", () => two.VrrpProcessOf(two.First) is null);
        TwoDirectors.AssertNoResets(resets);
    }

    [KernelFact]
    public async Task A_flow_ends_with_the_vip_though_the_program_stays()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        using var servers = new EchoServers(two.Stage.Topology);
        await StartAsync(two, two.First, two.Second);
        using var connection = EchoClient.Connect(two.Client);
        Chat(connection);

        // It makes no progress, so it resigns; its program stays. A client that has not heard of the other goes on sending to it.
        TwoDirectors.Signal(two.First.ProcessId, "STOP");
        await two.UntilAsync("d2 has the VIP alone", () => two.HasVip(two.Second) && !two.HasVip(two.First));
        Assert.True(two.HasProgram(two.First));
        var mac = two.Stage.Plan.Directors[0].Mac.ToString();
        two.Client.Ip("neigh", "replace", "192.168.80.130", "lladdr", mac, "dev", "eth0", "nud", "permanent");
        connection.ReceiveTimeout = 1000;
        connection.Send("hello"u8);
        Assert.Throws<SocketException>(() => EchoClient.Receive(connection, 5));
        TwoDirectors.Signal(two.First.ProcessId, "CONT");
        two.Client.Ip("neigh", "del", "192.168.80.130", "dev", "eth0");
    }

    [KernelFact]
    public async Task A_flow_ends_with_the_vip_that_another_director_takes_while_the_process_lives()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        using var servers = new EchoServers(two.Stage.Topology);
        await StartAsync(two, two.First, two.Second);
        using var resets = two.ListenForResets(two.First);
        using var connection = EchoClient.Connect(two.Client);
        Chat(connection);
        var before = (await TwoDirectors.StatusOfAsync(two.First))!;
        Assert.Equal(1, before.Datapath.Offload.Flows);

        // Its operator gives it the lower priority.
        File.WriteAllText(two.First.ConfigFile, Regex.Replace(File.ReadAllText(two.First.ConfigFile), @"priority \d+", "priority 10"));
        TwoDirectors.Signal(two.First.ProcessId, "HUP");
        await two.UntilOwnedByAsync(two.Second);
        await two.UntilAsync("d1 is backup", two.First, status => status.Vrrp[0].State == "BACKUP");
        var mac = two.Stage.Plan.Directors[0].Mac.ToString();
        two.Client.Ip("neigh", "replace", "192.168.80.130", "lladdr", mac, "dev", "eth0", "nud", "permanent");
        connection.ReceiveTimeout = 1000;
        var forwarded = (await TwoDirectors.StatusOfAsync(two.First))!.Datapath.Counters["forwarded"];
        connection.Send("hello"u8);
        Assert.Throws<SocketException>(() => EchoClient.Receive(connection, 5));
        Assert.Equal(forwarded, (await TwoDirectors.StatusOfAsync(two.First))!.Datapath.Counters["forwarded"]);
        TwoDirectors.AssertNoResets(resets);
    }

    [KernelFact]
    public async Task By_IPv6_too()
    {
        using var two = new TwoDirectors(output, mode: "xdp", plan: LabPlan.BalanceDual);
        using var servers = new EchoServers(two.Stage.Topology);
        await StartAsync(two, two.First);
        using (var connection = EchoClient.ConnectV6(two.Client))
        {
            Chat(connection);
            var during = (await TwoDirectors.StatusOfAsync(two.First))!;
            Assert.Equal(1, during.Datapath.Offload.Flows);
            Assert.InRange(during.Datapath.Counters["xdp.offloaded"], Words - 5, long.MaxValue);
            AssertAllAccountedFor(during);
        }

        var after = await two.UntilAsync("the flow is closed", two.First, status => status.Datapath.Offload.Flows == 0);
        AssertAllAccountedFor(after);
    }

    [KernelFact]
    public async Task With_the_capabilities_of_the_unit_flows_are_offloaded()
    {
        using var two = new TwoDirectors(output, mode: "xdp");
        LetXdpSend(two);
        await two.StartServersAsync();
        using var director = two.MachineOf(two.First).Start(
        [
            "setpriv", "--bounding-set=-all,+net_admin,+net_raw,+bpf,+perfmon,+ipc_lock,+sys_nice", .. DirectorProgram.Command,
            "run", "-f", two.First.ConfigFile, "--run-dir", two.First.RunDirectory, "--set", "Datapath:Mode=xdp",
        ]);
        await two.UntilOwnedByAsync(two.First);
        await UntilOnAsync(two, two.First);
        await two.AssertServedAsync();
        director.Kill("TERM");
        await director.WaitAsync(default);
    }

    /// <summary>Starts <paramref name="directors"/>, by whose devices XDP may send; the first has the VIP, and may offload.</summary>
    private static async Task StartAsync(TwoDirectors two, params LabDirector[] directors)
    {
        LetXdpSend(two);
        foreach (var director in directors) two.Stage.StartDirector(director.Role);
        await two.UntilOwnedByAsync(directors[0]);
        await UntilOnAsync(two, directors[0]);
    }

    private static void LetXdpSend(TwoDirectors two)
    {
        foreach (var director in two.Stage.Directors) two.Stage.Topology.Switch.Run("ethtool", "-K", director.Role, "gro", "on");
    }

    private static Task<StatusDocument> UntilOnAsync(TwoDirectors two, LabDirector director) =>
        two.UntilAsync($"{director.Role} may offload", director, status => status.Datapath.Offload.State == "on");

    /// <summary>So many small packets that the connection is offloaded on the way, if it may be.</summary>
    private static void Chat(Socket connection)
    {
        for (var word = 0; word < Words; word++) Assert.Equal("hello", EchoClient.Echo(connection, "hello"));
    }

    /// <summary>Two megabytes there and back.</summary>
    private static void Transfer(Socket connection)
    {
        var text = new string('x', 1 << 14);
        for (var part = 0; part < 128; part++) Assert.Equal(text, EchoClient.Echo(connection, text));
    }

    private static void AssertAllAccountedFor(StatusDocument status)
    {
        var counters = status.Datapath.Counters;
        Assert.Equal(counters["received"], counters["forwarded"] + counters["toHost"]
            + counters.Where(counter => counter.Key.StartsWith("drop.", StringComparison.Ordinal)).Sum(counter => counter.Value));
    }

    private static string WithoutChecks(string text) => Regex.Replace(text, @"TCP_CHECK \{[^}]*\}", "");
}
