using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>A server on the director itself as <c>sorry_server</c>: it answers while no real server does.</summary>
public sealed class SorryServerTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task The_sorry_server_answers_while_the_quorum_is_lost()
    {
        using var pair = new Pair(output, Quick);
        var topology = pair.Stage.Topology;
        using var first = new EchoServer(topology["rs1"]);
        using var sorry = new EchoServer(topology["d1"]);
        await pair.StartFirstDirectorAsync();
        var status = await pair.UntilAsync("rs1 alone serves", status => !status.Services[0].Servers[1].InPool);
        Assert.True(status.Services[0].Servers[2] is { Sorry: true, Local: true, InPool: false });
        using var served = EchoClient.Connect(topology.Client);
        Assert.Equal("rs1", EchoClient.Echo(served, "rs1"));
        Assert.Equal((1, 0), (first.Accepted, sorry.Accepted));

        first.Close();
        status = await pair.UntilAsync("the sorry server serves", status => status.Services[0].OnSorryServer);
        Assert.False(status.Services[0].Quorum);
        Assert.Equal(["127.0.0.1:80"], status.Services[0].Servers.Where(server => server.InPool).Select(server => server.Address));
        using var excused = EchoClient.Connect(topology.Client);
        Assert.Equal("sorry", EchoClient.Echo(excused, "sorry"));
        Assert.Equal((1, 1), (first.Accepted, sorry.Accepted));

        first.Open();
        status = await pair.UntilAsync("rs1 serves again", status => !status.Services[0].OnSorryServer);
        Assert.Equal([true, false, false], status.Services[0].Servers.Select(server => server.InPool));
        using var fresh = EchoClient.Connect(topology.Client);
        Assert.Equal("fresh", EchoClient.Echo(fresh, "fresh"));
        Assert.Equal("again", EchoClient.Echo(served, "again"));
        Assert.Equal((2, 1), (first.Accepted, sorry.Accepted));
    }

    // Nobody is at rs2. The example's timers with seconds in place of theirs: the same rules, sooner.
    private static string Quick(string text) => Pair.WithoutPersistence(text)
        .Replace("protocol TCP", "protocol TCP\nsorry_server 127.0.0.1 80", StringComparison.Ordinal)
        .Replace("delay_loop 6", "delay_loop 1", StringComparison.Ordinal)
        .Replace("nb_get_retry 3", "nb_get_retry 2", StringComparison.Ordinal)
        .Replace("delay_before_retry 3", "delay_before_retry 1", StringComparison.Ordinal);
}
