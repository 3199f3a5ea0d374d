using System.Net.Sockets;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>A real server whose port is closed: what becomes of new connections and of those that stand.</summary>
public sealed class DeadServerTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task It_leaves_the_pool_after_the_retries_and_returns_and_its_connections_are_held_meanwhile()
    {
        using var pair = new Pair(output, Quick);
        var topology = pair.Stage.Topology;
        using var servers = new EchoServers(topology);
        await pair.StartFirstDirectorAsync();
        await pair.UntilAsync("both servers were checked", status =>
            status.Services[0].Servers.All(server => server.LastCheckSecondsAgo is not null));

        using var standing = EchoClient.ConnectUntilServedBy(topology.Client, servers.First);
        Assert.Equal("hello", EchoClient.Echo(standing, "hello"));

        servers.First.Close();
        var without = await pair.UntilAsync("rs1 has left the pool", status => !status.Services[0].Servers[0].InPool);
        Assert.False(without.Services[0].Servers[0].Alive);

        // New connections go elsewhere.
        var accepted = servers.First.Accepted;
        for (var i = 0; i < 20; i++)
        {
            using var connection = EchoClient.Connect(topology.Client);
            Assert.Equal("x", EchoClient.Echo(connection, "x"));
        }

        Assert.Equal(accepted, servers.First.Accepted);

        // What stands is dropped in silence, as IPVS does with expire_nodest_conn=0: no RST, no answer.
        standing.Send("held"u8);
        await pair.UntilAsync("its packets are dropped", status => status.Datapath.Counters["drop.serverUnavailable"] > 0);
        Assert.False(standing.Poll(0, SelectMode.SelectRead));

        // When it is back, the server that left is the one that returns: its connection goes on, and new ones come.
        servers.First.Open();
        await pair.UntilAsync("rs1 is back in the pool", status => status.Services[0].Servers[0].InPool);
        Assert.Equal("held", EchoClient.Receive(standing, 4));
        using var fresh = EchoClient.ConnectUntilServedBy(topology.Client, servers.First);
        Assert.Equal("again", EchoClient.Echo(fresh, "again"));
    }

    // The example's timers with seconds in place of theirs: the same rules, sooner.
    private static string Quick(string text) => Pair.WithoutPersistence(text)
        .Replace("delay_loop 6", "delay_loop 1", StringComparison.Ordinal)
        .Replace("nb_get_retry 3", "nb_get_retry 2", StringComparison.Ordinal)
        .Replace("delay_before_retry 3", "delay_before_retry 1", StringComparison.Ordinal);
}
