using System.Net;
using System.Net.NetworkInformation;
using Director.Lab.Client;
using Director.Lab.Namespaces;
using Director.Lab.Topology;
using Director.Lab.Web;
using Director.Tests.Support;

namespace Director.Tests.Lab.Topology;

[Collection("kernel")]
public sealed class LabTopologyTests
{
    [KernelFact]
    public void The_client_reaches_every_machine_and_nobody_answers_for_the_vip()
    {
        using var set = new NamespaceSet();
        var topology = new LabTopology(LabPlan.Balance, set);

        foreach (var host in LabPlan.Balance.Directors.Concat(LabPlan.Balance.Servers))
            Assert.Equal(IPStatus.Success, Ping(topology.Client, host.Address, timeoutMilliseconds: 5000));
        Assert.NotEqual(IPStatus.Success, Ping(topology.Client, LabPlan.Vip, timeoutMilliseconds: 200));
        Assert.DoesNotContain("lladdr", topology.Client.Ip("neighbour", "show", "to", LabPlan.Vip), StringComparison.Ordinal);
        Assert.Contains("02:00:c0:a8:50:85", topology.Client.Ip("neighbour", "show", "to", "192.168.80.133"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_real_server_answers_for_the_vip_when_a_frame_for_it_arrives()
    {
        using var set = new NamespaceSet();
        var topology = new LabTopology(LabPlan.Balance, set);
        using var stop = new CancellationTokenSource();
        var listener = NamespaceThread.Run(topology["rs2"], () => LabWeb.Listen(new(IPAddress.Any, LabPlan.Port)));
        var serving = LabWeb.ServeAsync(listener, "rs2", stop.Token);
        // What a director does, done by hand: the frame for the VIP goes to the server's link-layer address.
        topology.Client.Ip("neighbour", "replace", LabPlan.Vip, "lladdr", LabPlan.Balance.Servers[1].Mac.ToString(), "dev", "eth0");

        foreach (var target in (string[])["192.168.80.134", LabPlan.Vip])
        {
            var source = IPAddress.Parse(LabPlan.Balance.Newcomers[^1]);
            var endpoint = new IPEndPoint(IPAddress.Parse(target), LabPlan.Port);
            var result = NamespaceThread.Run(topology.Client,
                () => HttpRequest.RunAsync(0, source, endpoint, TimeSpan.FromSeconds(20)).GetAwaiter().GetResult());
            Assert.Equal((RequestOutcome.Answered, "rs2"), (result.Outcome, result.Server));
        }

        stop.Cancel();
        serving.GetAwaiter().GetResult();
    }

    [KernelFact]
    public void In_the_failover_network_the_vip_is_seen_where_it_is()
    {
        using var set = new NamespaceSet();
        var topology = new LabTopology(LabPlan.Failover, set);
        Assert.False(topology.HasVip("d1"));

        topology["d1"].AddAddress("eth0", LabPlan.Vip + "/24");

        Assert.True(topology.HasVip("d1"));
        Assert.False(topology.HasVip("d2"));
        Assert.Equal(IPStatus.Success, Ping(topology.Client, LabPlan.Vip, timeoutMilliseconds: 5000));
    }

    private static IPStatus Ping(NetworkNamespace from, string address, int timeoutMilliseconds) => NamespaceThread.Run(from, () =>
    {
        using var ping = new Ping();
        return ping.Send(address, timeoutMilliseconds).Status;
    });
}
