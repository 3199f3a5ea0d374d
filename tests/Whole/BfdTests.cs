using Director.Tests.Linux.Bfd;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>A director whose servers are watched by BFD, with FRR's bfdd on them.</summary>
public sealed class BfdTests(ITestOutputHelper output)
{
    private const string Sessions = """
        bfd_instance rs1 {
            neighbor_ip 192.168.80.133
            min_rx 100
            min_tx 100
        }
        bfd_instance rs2 {
            neighbor_ip 192.168.80.134
            min_rx 100
            min_tx 100
        }
        """;

    [FrrFact]
    public async Task A_server_with_BFD_CHECK_leaves_when_its_session_falls_and_returns_with_it_and_an_heir_of_VRRP_moves_nothing()
    {
        using var two = new TwoDirectors(output, Edit);
        await two.StartServersAsync();
        var topology = two.Stage.Topology;
        using var first = new FrrBfd(topology["rs1"], Peer("192.168.80.132", "192.168.80.133"));
        using var second = new FrrBfd(topology["rs2"], Peer("192.168.80.132", "192.168.80.134"));
        two.Stage.StartDirector(two.First.Role);
        await two.UntilAsync("both sessions are up", two.First, status => status.Bfd.All(session => session.State == "UP"));
        var well = await two.UntilAsync("both servers are up", two.First, status =>
            status.Services[0].Servers.All(server => server is { Alive: true, InPool: true }));
        Assert.Equal(["rs1", "rs2"], well.Bfd.Select(session => session.Name));
        Assert.All(well.Bfd, session => Assert.True(session.Counters["packetsReceived"] > 0));

        first.KillBfdd();
        var without = await two.UntilAsync("rs1 has left", two.First, status => !status.Services[0].Servers[0].InPool);
        Assert.Equal((false, true), (without.Services[0].Servers[0].Alive, without.Services[0].Servers[1].InPool));
        Assert.Equal(("DOWN", "nothing heard for the detection time"), (without.Bfd[0].State, without.Bfd[0].Reason));
        Assert.True(TwoDirectors.HasSaid(two.First, "(rs1) Entering Down state"));
        first.StartBfdd();
        await two.UntilAsync("rs1 is back", two.First, status => status.Services[0].Servers[0] is { Alive: true, InPool: true });

        // The heir's sessions begin anew; the servers stay, as they are well.
        var vrrp = two.VrrpProcessOf(two.First)!.Value;
        TwoDirectors.Signal(vrrp, "KILL");
        await two.UntilAsync("an heir runs", () => two.VrrpProcessOf(two.First) is { } heir && heir != vrrp);
        await two.UntilAsync("its sessions are up", two.First, status => status.Bfd.All(session =>
            session.State == "UP" && session.Counters["wentUp"] == 1));
        Assert.Equal(1, two.First.LastLines(int.MaxValue).Count(line => line.Contains("Removing service", StringComparison.Ordinal)));
    }

    [FrrFact]
    public async Task A_director_that_tracks_a_dead_neighbour_is_in_fault_and_its_peer_takes_over_until_it_lives_again()
    {
        using var two = new TwoDirectors(output, text => Track(text, "upstream"));
        using var frr = new FrrBfd(two.Client, Peer("192.168.80.132", "192.168.80.10"));
        await two.StartAsync();

        frr.KillBfdd();
        await two.UntilOwnedByAsync(two.Second);
        var fault = await two.UntilAsync("d1 is in fault", two.First, status => status.Vrrp is [{ State: "FAULT" }]);
        Assert.Equal("DOWN", Assert.Single(fault.Bfd).State);
        frr.StartBfdd();
        await two.UntilOwnedByAsync(two.First);
    }

    [FrrFact]
    public async Task With_a_weight_the_priority_falls_below_the_peer_s_instead()
    {
        using var two = new TwoDirectors(output, text => Track(text, "upstream weight -60"));
        using var frr = new FrrBfd(two.Client, Peer("192.168.80.132", "192.168.80.10"));
        await two.StartAsync();
        await two.UntilAsync("the session is up", two.First, status => status.Bfd is [{ State: "UP" }]);

        frr.KillBfdd();
        await two.UntilOwnedByAsync(two.Second);
        await two.UntilAsync("d1 is backup", two.First, status => status.Vrrp is [{ State: "BACKUP" }]);
        frr.StartBfdd();
        await two.UntilOwnedByAsync(two.First);
    }

    private static string Peer(string director, string server) => $"""
         peer {director} local-address {server} interface eth0
          receive-interval 100
          transmit-interval 100
        """;

    /// <summary>Has the first director, and it alone, track the client's machine.</summary>
    private static string Track(string text, string line)
    {
        text = Pair.WithoutPersistence(text);
        if (!text.Contains("state MASTER", StringComparison.Ordinal)) return text;
        return "bfd_instance upstream {\nneighbor_ip 192.168.80.10\nmin_rx 100\nmin_tx 100\n}\n"
            + text.Replace("state MASTER", $"state MASTER\ntrack_bfd {{\n{line}\n}}", StringComparison.Ordinal);
    }

    private static string Edit(string text)
    {
        var lines = Pair.WithoutPersistence(text).Split('\n').ToList();
        foreach (var number in new[] { 2, 1 })
        {
            var server = lines.FindIndex(line => line.Contains($"real_server 192.168.80.{132 + number} ", StringComparison.Ordinal));
            lines.Insert(server + 1, $"BFD_CHECK {{\nname rs{number}\n}}");
        }

        return $"{Sessions}\n{string.Join('\n', lines)}";
    }
}
