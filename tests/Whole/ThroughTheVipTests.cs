using Director.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>Clients, the VIP, a director on real XDP or packet sockets and two real servers.</summary>
public sealed class ThroughTheVipTests(ITestOutputHelper output)
{
    private static readonly string[] Servers = ["rs1", "rs2"];

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task A_thousand_requests_all_succeed_wlc_splits_them_evenly_and_no_reply_passes_the_director(string mode)
    {
        using var pair = new Pair(output, Pair.WithoutPersistence, mode);
        foreach (var server in Servers) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();
        // The director's port of the switch sees all that reaches or leaves the director, whatever XDP does with it.
        var wire = pair.Stage.Topology.Switch;
        using var replies = PacketCount.Start(wire, "d1", "tcp and src host 192.168.80.130");
        using var requests = PacketCount.Start(wire, "d1", "tcp[tcpflags] & tcp-syn != 0 and dst host 192.168.80.130");

        var results = await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 125, default);

        Assert.Equal(1000, results.Count);
        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
        var byServer = results.CountBy(result => result.Server).ToDictionary();
        output.WriteLine(string.Join(", ", byServer.Select(pair => $"{pair.Value} by {pair.Key}")));
        // One after another, so wlc alternates; but a client that takes a port again while the last connection from it lingers in
        // FIN_WAIT is held to the same server, as IPVS has it.
        Assert.InRange(byServer["rs1"], 480, 520);

        var status = await pair.StatusAsync();
        Assert.Equal(mode, status.Datapath.Mode);
        Assert.Equal(status.Datapath.Counters["received"], status.Datapath.Counters["forwarded"]);
        Assert.Equal(status.Datapath.Counters["forwarded"], status.Datapath.Counters["socket.transmitted"]);
        // Each SYN comes in and goes out again: the capture works. And no reply does.
        Assert.Equal(2000, requests.Stop());
        Assert.Equal(0, replies.Stop());
    }

    [KernelFact]
    public async Task With_persistence_every_client_stays_with_its_server()
    {
        using var pair = new Pair(output);
        foreach (var server in Servers) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();

        var results = await pair.Stage.RequestAsync(pair.Stage.Plan.Users, 20, default);

        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
        var serversOfEach = results
            .GroupBy(result => result.Source, (_, own) => own.Select(result => result.Server).Distinct().ToList())
            .ToList();
        Assert.All(serversOfEach, servers => Assert.Single(servers));
        Assert.Equal(4, serversOfEach.Count(servers => servers[0] == "rs1"));
        Assert.Equal(8, (await pair.StatusAsync()).Services[0].Servers.Sum(server => server.PersistentConnections));
    }

    [KernelTheory]
    [InlineData("xdp")]
    [InlineData("packet")]
    public async Task What_is_not_the_services_is_the_hosts(string mode)
    {
        using var pair = new Pair(output, mode: mode);
        foreach (var server in Servers) await pair.Stage.StartServerAsync(server, default);
        await pair.StartFirstDirectorAsync();

        var client = pair.Stage.Topology.Client;
        foreach (var address in new[] { "192.168.80.130", "192.168.80.132" })
        {
            var pinged = client.Run("ping", "-c", "3", "-i", "0.2", "-W", "2", address);
            Assert.Contains(" 0% packet loss", pinged, StringComparison.Ordinal);
        }

        // Another port of the VIP: the host refuses it. A stray ACK to the service: it goes to the host, whose RST the client gets.
        using var resets = PacketCount.Start(client, "eth0", "tcp[tcpflags] & tcp-rst != 0 and src host 192.168.80.130");
        var listened = resets.Lines.Count;
        Assert.Throws<LabException>(() => client.Run("bash", "-c", "exec 3<>/dev/tcp/192.168.80.130/81"));
        StrayAck.Send(client, "192.168.80.10", "192.168.80.130", 80);
        await pair.UntilAsync("the host has the stray segment", status => status.Datapath.Counters["toHost"] == 1);
        await Until(() => resets.Lines.Count >= listened + 2);
        Assert.Contains(resets.Lines, line => line.Contains("192.168.80.130.81 >", StringComparison.Ordinal));
        Assert.Contains(resets.Lines, line => line.Contains("192.168.80.130.80 >", StringComparison.Ordinal));
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(20, patience.Token);
    }
}
