using System.Text.RegularExpressions;
using Director.Lab.Namespaces;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// What the network itself can do to a director: neighbours that change or vanish, links that fall, addresses that come and go.
/// </summary>
public sealed class LinkTroubleTests(ITestOutputHelper output)
{
    private const string Vip = "192.168.80.130/24";

    [KernelFact]
    public async Task A_server_that_changes_its_mac_or_vanishes_is_followed_and_its_connections_live_on()
    {
        using var two = new TwoDirectors(output, text => WithoutChecks(Pair.WithoutPersistence(text)));
        var (director, machine, client) = (two.First, two.Stage.Topology["rs1"], two.Client);
        using var first = new EchoServer(machine);
        using var second = new EchoServer(two.Stage.Topology["rs2"]);
        two.Stage.StartDirector(director.Role);
        await two.UntilOwnedByAsync(director);
        await two.UntilReadyAsync(director);
        // The kernel's own patience with a silent neighbour is half a minute.
        two.MachineOf(director).Sysctl("net.ipv4.neigh.eth0.base_reachable_time_ms", "1000");
        two.MachineOf(director).Sysctl("net.ipv4.neigh.eth0.delay_first_probe_time", "1");

        using var standing = EchoClient.ConnectUntilServedBy(client, first);
        Assert.Equal("before", EchoClient.Echo(standing, "before"));

        // It says so: a gratuitous ARP. Then in silence: nobody answers at the old address any more.
        machine.Sysctl("net.ipv4.conf.eth0.arp_notify", "1");
        await ChangeMacAsync("02:00:00:00:01:01");
        machine.Sysctl("net.ipv4.conf.eth0.arp_notify", "0");
        await ChangeMacAsync("02:00:00:00:01:02");

        // It vanishes: what is for it is dropped and counted; others are served.
        machine.Ip("link", "set", "eth0", "down");
        await two.UntilAsync("rs1 is at no address", director, status => status.Services[0].Servers[0].Mac is null);
        standing.Send("held"u8);
        await two.UntilAsync("its packets are counted", director, status => status.Datapath.Counters["drop.neighbourUnresolved"] > 0);
        using (var elsewhere = EchoClient.ConnectUntilServedBy(client, second)) Assert.Equal("still", EchoClient.Echo(elsewhere, "still"));

        machine.Ip("link", "set", "eth0", "up");
        await two.UntilReadyAsync(director);
        Assert.Equal("held", EchoClient.Receive(standing, 4));
        var status = await two.UntilAsync("its connection counts", director, now => now.Services[0].Servers[0].ActiveConnections == 1);
        Assert.True(status.Services[0].Servers[0].InPool);

        async Task ChangeMacAsync(string mac)
        {
            machine.Ip("link", "set", "eth0", "address", mac);
            await two.UntilAsync($"rs1 is at {mac}", director, now => now.Services[0].Servers[0].Mac == mac);
            Assert.Equal(mac, EchoClient.Echo(standing, mac));
            using var fresh = EchoClient.ConnectUntilServedBy(client, first);
        }
    }

    [KernelFact]
    public async Task The_directors_own_link_falls_and_rises_and_becomes_another()
    {
        using var two = new TwoDirectors(output);
        await two.StartAsync();
        await two.AssertServedAsync();

        two.MachineOf(two.First).Ip("link", "set", "eth0", "down");
        await two.UntilAsync("d1 is in FAULT", two.First, status => status.Vrrp[0].State == "FAULT");
        await two.UntilOwnedByAsync(two.Second);
        await two.AssertServedAsync();

        two.MachineOf(two.First).Ip("link", "set", "eth0", "up");
        await two.UntilQuietWithAsync(two.First);
        await two.UntilReadyAsync(two.First);
        var before = (await two.UntilAsync("d1 answers", two.First, _ => true)).Datapath.Counters["forwarded"];
        await two.AssertServedAsync();
        await two.UntilAsync("d1 forwards again", two.First, status => status.Datapath.Counters["forwarded"] > before);

        // Under another MAC nothing would be steered, and the host would reset every connection: it goes, and comes back as what it is.
        two.MachineOf(two.First).Ip("link", "set", "eth0", "address", "02:00:00:00:02:01");
        await two.UntilAsync("d1 has gone", () => two.HasLeftNothing(two.First));
        Assert.True(TwoDirectors.HasSaid(two.First, "eth0 has become 02:00:00:00:02:01"));
        await two.UntilOwnedByAsync(two.Second);
        two.Stage.StartDirector(two.First.Role);
        await two.UntilQuietWithAsync(two.First);
        await two.AssertServedAsync();
    }

    [KernelFact]
    public async Task A_vip_of_the_hosts_own_is_served_while_it_is_there_and_stays_the_hosts()
    {
        using var two = new TwoDirectors(output, text => WithoutRouters(Pair.WithoutPersistence(text)));
        var (director, machine) = (two.First, two.MachineOf(two.First));
        await two.StartServersAsync();
        two.Stage.StartDirector(director.Role);
        await two.UntilReadyAsync(director);
        Assert.True(TwoDirectors.HasSaid(director, "VIP 192.168.80.130 is on no interface of this host"));
        var addresses = Addresses(machine);

        machine.AddAddress("eth0", Vip);
        await two.UntilAsync("its packets are taken", director, status => status.Datapath.Vips.Contains("192.168.80.130"));
        Assert.True(TwoDirectors.HasSaid(director, "VIPs without a vrrp_instance: 192.168.80.130"));
        await two.AssertServedAsync();
        var forwarded = (await two.UntilAsync("d1 answers", director, _ => true)).Datapath.Counters["forwarded"];
        Assert.True(forwarded > 0);

        machine.Ip("address", "del", Vip, "dev", "eth0");
        await two.UntilAsync("it is served no longer", () => TwoDirectors.HasSaid(director, "VIPs without a vrrp_instance: none"));
        Assert.Equal(addresses, Addresses(machine));
        var pinged = two.Client.Run("ping", "-c", "2", "-i", "0.2", "-W", "2", "192.168.80.132");
        Assert.Contains(" 0% packet loss", pinged, StringComparison.Ordinal);

        // Again, and the director goes: the address is the host's and stays.
        machine.AddAddress("eth0", Vip);
        two.Client.Ip("neigh", "flush", "dev", "eth0");
        await two.UntilAsync("it is served again", director, status =>
            status.Services.Count == 1 && TwoDirectors.HasSaid(director, "VIPs without"));
        await two.UntilAsync("a request is answered", async () =>
            (await two.Stage.RequestAsync([two.Stage.Plan.Users[0]], 1, default)).All(result => result.Answered));
        two.Stage.EndDirector(director.Role, Director.Lab.Scenarios.DirectorEnd.Terminate);
        await two.UntilAsync("the director has gone", () => !director.IsRunning);
        await two.UntilAsync("its program has gone", () => !two.HasProgram(director));
        Assert.True(two.HasVip(director));
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task A_program_that_somebody_takes_off_its_device_is_put_back_and_outlives_the_main_process_as_before(string mode)
    {
        using var two = new TwoDirectors(output, mode: mode);
        await two.StartAsync();
        LinkBreaker.Detach(two.MachineOf(two.First), "eth0");

        await two.UntilAsync("it is put back", () =>
            TwoDirectors.HasSaid(two.First, "somebody took the steering program off eth0: it is attached again"));
        Assert.True(two.HasProgram(two.First));
        await two.AssertServedAsync();

        var heir = two.VrrpProcessOf(two.First)!.Value;
        using var resets = two.ListenForResets(two.First);
        TwoDirectors.Signal(heir, "STOP");
        two.Stage.EndDirector(two.First.Role, Director.Lab.Scenarios.DirectorEnd.KillMain);
        await two.UntilAsync("the main process is gone", () => !two.First.IsRunning);
        Assert.True(two.HasProgram(two.First));
        TwoDirectors.Signal(heir, "CONT");
        await two.UntilOwnedByAsync(two.Second);
        TwoDirectors.AssertNoResets(resets);
    }

    private static string WithoutChecks(string text) => Regex.Replace(text, @"TCP_CHECK \{[^}]*\}", "");

    private static string WithoutRouters(string text) => text.Remove(
        text.IndexOf("vrrp_instance", StringComparison.Ordinal),
        text.IndexOf("virtual_server", StringComparison.Ordinal) - text.IndexOf("vrrp_instance", StringComparison.Ordinal));

    private static string Addresses(NetworkNamespace machine) => machine.Ip("-o", "address", "show", "dev", "eth0");
}
