using Director.Bfd;
using Director.Control;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Tests.Config;
using Director.Tests.Linux.Vrrp;
using Xunit.Abstractions;

namespace Director.Tests.Linux.Bfd;

/// <summary>Against FRR's bfdd and keepalived's own BFD.</summary>
[Collection("kernel")]
public class BfdInteropTests(ITestOutputHelper output)
{
    private const string Peer = """
         peer 192.168.80.128 local-address 192.168.80.129 interface e0
          detect-multiplier 3
          receive-interval 50
          transmit-interval 40
         !
         peer fd80::128 local-address fd80::129 interface e0
          detect-multiplier 3
          receive-interval 50
          transmit-interval 40
        """;

    [FrrFact]
    public void With_FRR_sessions_of_both_families_come_up_and_both_ends_know_the_same_intervals()
    {
        using var lab = new BfdLab();
        using var frr = new FrrBfd(lab.B, Peer);
        using var ours = BfdNode.Start(lab.A, BfdLab.AtA, BfdLab.V6(BfdLab.AtA) with { Name = "b6" });
        foreach (var session in new[] { "b", "b6" })
        {
            ours.AwaitState(session, BfdState.Up, () => frr.Peers);
            // Ours is sent every 70 ms; theirs is heard every 60 ms, three times of which is their patience.
            VrrpLab.Await("intervals", () => ours.Ask(runner => runner.Sessions.Single(one => one.Settings.Name == session))
                is { TransmitInterval.Milliseconds: 70, DetectionTime.Milliseconds: 180, IsPolling: false }, () => frr.Peers);
        }

        VrrpLab.Await("FRR's view", () => Count(frr.Peers, "Status: up") == 2 && Count(frr.Peers, "Receive interval: 60ms") == 2
            && Count(frr.Peers, "Transmission interval: 70ms") == 2 && Count(frr.Peers, "Detect-multiplier: 4") == 2, () => frr.Peers);
        Assert.DoesNotContain(ours.Log, line => line.Contains("rejected", StringComparison.Ordinal));
    }

    [FrrFact]
    public void FRR_killed_is_down_after_the_detection_time_and_up_when_it_is_back()
    {
        using var lab = new BfdLab();
        using var frr = new FrrBfd(lab.B, Peer);
        using var ours = BfdNode.Start(lab.A, BfdLab.AtA);
        VrrpLab.Await("intervals", () => ours.Ask(runner => runner.Sessions[0])
            is { DetectionTime.Milliseconds: 180, IsPolling: false }, () => frr.Peers);
        frr.KillBfdd();
        ours.AwaitState("b", BfdState.Down);
        Assert.Equal("b Down DetectionTimeExpired", ours.Log[^1]);
        // From the last packet on, and not a moment sooner; later only by what a loaded machine keeps the thread waiting.
        Assert.InRange(ours.SilenceAtFall.TotalMilliseconds, 179.5, 2000);
        output.WriteLine($"{ours.SilenceAtFall.TotalMilliseconds:0.000} ms of silence");
        frr.StartBfdd();
        ours.AwaitState("b", BfdState.Up, () => frr.Peers);
    }

    [FrrFact]
    public void FRR_sees_us_die_and_return_and_a_cut_wire_is_down_at_both_ends_until_it_heals()
    {
        using var lab = new BfdLab();
        using var frr = new FrrBfd(lab.B, Peer);
        using (var ours = BfdNode.Start(lab.A, BfdLab.AtA))
        {
            VrrpLab.Await("up", () => frr.Peers.Contains("Status: up", StringComparison.Ordinal), () => frr.Peers);
            ours.Crash();
        }

        VrrpLab.Await("FRR's detection", () => frr.Peers.Contains("control detection time expired", StringComparison.Ordinal),
            () => frr.Peers);
        using var heir = BfdNode.Start(lab.A, BfdLab.AtA);
        heir.AwaitState("b", BfdState.Up, () => frr.Peers);
        lab.A.Ip("link", "set", "e0", "down");
        heir.AwaitState("b", BfdState.Down);
        VrrpLab.Await("down", () => !frr.Peers.Contains("Status: up", StringComparison.Ordinal), () => frr.Peers);
        lab.A.Ip("link", "set", "e0", "up");
        heir.AwaitState("b", BfdState.Up, () => frr.Peers);
    }

    [FrrFact]
    public void FRR_shut_by_its_operator_takes_the_session_down_at_once_and_opened_brings_it_up()
    {
        using var lab = new BfdLab();
        using var frr = new FrrBfd(lab.B, Peer);
        using var ours = BfdNode.Start(lab.A, BfdLab.AtA);
        ours.AwaitState("b", BfdState.Up, () => frr.Peers);
        frr.Ask("configure terminal", "bfd", "peer 192.168.80.128 local-address 192.168.80.129 interface e0", "shutdown");
        VrrpLab.Await("down", () => ours.Log.Contains("b Down NeighborSignaledDown"), () => string.Join('\n', ours.Log));
        frr.Ask("configure terminal", "bfd", "peer 192.168.80.128 local-address 192.168.80.129 interface e0", "no shutdown");
        ours.AwaitState("b", BfdState.Up, () => frr.Peers);
        ours.Stop();
        VrrpLab.Await("our goodbye", () => frr.Peers.Contains("Remote diagnostics: administratively down", StringComparison.Ordinal)
            || frr.Peers.Contains("neighbor signaled session down", StringComparison.Ordinal), () => frr.Peers);
    }

    [FrrFact]
    public void Intervals_changed_at_either_end_are_agreed_upon_without_a_fall()
    {
        using var lab = new BfdLab();
        using var frr = new FrrBfd(lab.B, Peer);
        using var ours = BfdNode.Start(lab.A, BfdLab.AtA);
        ours.AwaitState("b", BfdState.Up, () => frr.Peers);
        frr.Ask("configure terminal", "bfd", "peer 192.168.80.128 local-address 192.168.80.129 interface e0", "receive-interval 300",
            "transmit-interval 200");
        VrrpLab.Await("FRR's change", () => ours.Ask(runner => runner.Sessions.Single())
            is { TransmitInterval.Milliseconds: 300, DetectionTime.Milliseconds: 600 }, () => frr.Peers);
        ours.Configure(BfdLab.AtA with { MinTx = TimeSpan.FromMilliseconds(400), MinRx = TimeSpan.FromMilliseconds(250) });
        VrrpLab.Await("our change", () => frr.Peers.Contains("Transmission interval: 400ms", StringComparison.Ordinal)
            && frr.Peers.Contains("Receive interval: 250ms", StringComparison.Ordinal), () => frr.Peers);
        VrrpLab.Await("its end", () => ours.Ask(runner => runner.Sessions.Single())
            is { TransmitInterval.Milliseconds: 400, DetectionTime.Milliseconds: 750, IsPolling: false }, () => frr.Peers);
        Assert.Single(ours.Log, line => line == "b Up None");
        Assert.Equal("b Up None", ours.Log[^1]);
    }

    [FrrFact]
    public void Through_a_router_a_multihop_session_comes_up_with_FRR_and_one_for_fewer_hops_does_not()
    {
        using var lab = new BfdLab(isRouted: true);
        using var frr = new FrrBfd(lab.B, """
             peer 192.168.80.128 multihop local-address 192.168.80.1
              receive-interval 50
              transmit-interval 40
              minimum-ttl 250
             !
             peer fd80:0:0:1::128 multihop local-address fd80:0:0:2::129
              receive-interval 50
              transmit-interval 40
              minimum-ttl 250
            """);
        var far = BfdLab.AtA with { Neighbor = IpAddress128.Parse("192.168.80.1"), IsMultihop = true, LowestHopLimit = 254 };
        var far6 = far with
        {
            Name = "b6",
            Neighbor = IpAddress128.Parse("fd80:0:0:2::129"),
            Source = IpAddress128.Parse("fd80:0:0:1::128"),
        };
        using var ours = BfdNode.Start(lab.A, far, far6);
        ours.AwaitState("b", BfdState.Up, () => frr.Peers);
        ours.AwaitState("b6", BfdState.Up, () => frr.Peers);
        ours.Configure(far with { LowestHopLimit = 255 });
        ours.AwaitState("b", BfdState.Down);
        Assert.Contains("rejected HopLimit 192.168.80.1", ours.Log);
        ours.Configure(far);
        ours.AwaitState("b", BfdState.Up, () => frr.Peers);
    }

    [KeepalivedFact]
    public void With_keepalived_a_session_comes_up_it_sees_us_die_and_we_it()
    {
        using var lab = new BfdLab();
        var folder = Directory.CreateTempSubdirectory("director-bfd-").FullName;
        var file = Path.Combine(folder, "k");
        File.WriteAllText(file + ".conf", """
            global_defs {
                router_id LVS_DEVEL
            }
            bfd_instance a {
                neighbor_ip 192.168.80.128
                source_ip 192.168.80.129
                min_rx 50
                min_tx 40
                multiplier 3
            }
            bfd_instance a6 {
                neighbor_ip fd80::128
                source_ip fd80::129
            }
            """);
        // As a configuration has it that says no hop limit, over IPv6 against keepalived's of 64.
        var v6 = BfdPlan.From(Reading.Clean("bfd_instance b6 {\nneighbor_ip fd80::129\nmin_rx 50\nmin_tx 50\n}\n"))[0];
        using (var ours = BfdNode.Start(lab.A, v6))
        using (var theirs = Start())
        {
            ours.AwaitState("b6", BfdState.Up, () => string.Join('\n', theirs.Lines));
            VrrpLab.Await("its up", () => theirs.Lines.Any(line => line.Contains("(a6) Entering Up state", StringComparison.Ordinal)));
        }

        using (var theirs = Start())
        {
            string Lines() => string.Join('\n', theirs.Lines);
            using (var ours = BfdNode.Start(lab.A, BfdLab.AtA))
            {
                ours.AwaitState("b", BfdState.Up, Lines);
                VrrpLab.Await("its up", () => Lines().Contains("(a) Entering Up state", StringComparison.Ordinal), Lines);
                VrrpLab.Await("intervals", () => ours.Ask(runner => runner.Sessions.Single())
                    is { TransmitInterval.Milliseconds: 70, DetectionTime.Milliseconds: 180, IsPolling: false }, Lines);
                ours.Crash();
            }

            VrrpLab.Await("its detection", () => Lines().Contains("(a) Entering Down state", StringComparison.Ordinal), Lines);
            using var heir = BfdNode.Start(lab.A, BfdLab.AtA);
            heir.AwaitState("b", BfdState.Up, Lines);
            lab.B.KillAll();
            heir.AwaitState("b", BfdState.Down);
            Assert.Equal("b Down DetectionTimeExpired", heir.Log[^1]);
        }

        Directory.Delete(folder, recursive: true);

        NamespaceProcess Start() => lab.B.Start("keepalived", "-n", "-l", "-D", "-f", file + ".conf", "-p", file + ".pid",
            "-r", file + ".vrrp.pid", "-c", file + ".check.pid", "-b", file + ".bfd.pid");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
