using System.Diagnostics;
using Director.Admin;
using Director.Lab.Topology;
using Director.Net;
using Director.Tests.Linux.Xdp;
using Director.Tests.Support;
using Director.Tests.Whole;
using Xunit.Abstractions;

namespace Director.Tests.Soak;

/// <summary>
/// One director under mixed traffic, IPv4 and IPv6, with a reload each second and servers that come and go: no server gets a wrong packet
/// and no client a wrong answer, no frame is lost uncounted, and nothing grows.
/// </summary>
[Trait("Category", "Soak")]
[Collection("kernel")]
public sealed class MixedTrafficTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly string[] Schedulers = ["wlc", "rr", "wrr", "lc", "sed", "nq"];

    /// <summary>
    /// What control may allocate more in one calm span than in another; a worker that took a byte a frame would take as much.
    /// </summary>
    private const long AllocationSlack = MixedTraffic.Pace * 10;

    [KernelFact]
    public async Task Servers_come_and_go_and_no_packet_goes_wrong_or_uncounted()
    {
        var seed = SoakLimits.Seed ?? Random.Shared.Next();
        var random = new Random(seed);
        output.WriteLine($"DIRECTOR_SEED={seed} plays it again");
        using var pair = new Pair(output, LabPlan.BalanceDual, text => Configuration(text, new(1)));
        foreach (var server in pair.Stage.Plan.Servers) await pair.Stage.StartServerAsync(server.Role, default);
        await pair.StartFirstDirectorAsync();
        var director = pair.Stage.Directors.First();
        var original = File.ReadAllText(director.ConfigFile);

        var topology = pair.Stage.Topology;
        using var wire = Wire.Open(topology.Client);

        // The client's machine itself has none of the clients' addresses, and would say so to the VIP (ICMPv6, no route).
        topology.Client.Ip("-6", "route", "add", "blackhole", MixedTraffic.NetworkV6);
        var traffic = new MixedTraffic(wire, pair.Stage.Plan.Client.Mac, pair.Stage.Plan.Directors[0].Mac, seed);
        var numbers = new HashSet<long>();
        var taps = pair.Stage.Plan.Servers
            .Select(server => new ServerTap(
                Wire.Open(topology[server.Role]), server, pair.Stage.Plan.Directors[0].Mac, traffic, numbers)).ToList();
        var answers = new ClientTap(Wire.Open(topology.Client), pair.Stage.Plan.Client.Mac, traffic);
        try
        {
            taps.ForEach(tap => tap.Start());
            answers.Start();
            await AssertWorkersAllocateNothingAsync(pair, traffic);

            var memory = new List<long>();
            var time = Stopwatch.StartNew();
            do
            {
                var sending = Task.Run(() => traffic.Run(Calm));
                while (!sending.IsCompleted)
                {
                    File.WriteAllText(director.ConfigFile, Configuration(original, random));
                    TwoDirectors.Signal(director.ProcessId, "HUP");
                    var flapping = pair.Stage.Plan.Servers[random.Next(2)].Role;
                    pair.Stage.StopServer(flapping);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                    await pair.Stage.StartServerAsync(flapping, default);
                }

                await sending;
                memory.Add(ProcessMemory.ResidentMiB(director.ProcessId));
                Assert.All<Tap>([.. taps, answers], tap => Assert.Equal([], tap.Wrong));
            }
            while (time.Elapsed < SoakLimits.Duration);

            await Task.Delay(TimeSpan.FromSeconds(2));
            var arrived = string.Join(" and ", taps.Select(tap => tap.Arrived));
            var answered = taps.Sum(tap => tap.Answered);
            output.WriteLine($"{traffic.Sent} sent, {arrived} arrived, {answered} answered, of which {answers.Arrived} came back");
            output.WriteLine($"resident memory, MiB: {string.Join(' ', memory)}");
            AssertAllIsCounted(await pair.StatusAsync(), traffic.Sent + answered, taps.Sum(tap => tap.Arrived) + answers.Arrived);
            Assert.NotEqual(0, answers.Arrived);

            // The tables fill in the first half: as many flows as there are clients and ports.
            Assert.True(memory[^1] <= memory[memory.Count / 2] + 16, $"resident memory, MiB: {string.Join(' ', memory)}");
        }
        finally
        {
            taps.ForEach(tap => tap.Dispose());
            answers.Dispose();
        }
    }

    /// <summary>Two calm spans, without frames and with: control does the same in both.</summary>
    private async Task AssertWorkersAllocateNothingAsync(Pair pair, MixedTraffic traffic)
    {
        await Task.Run(() => traffic.Run(TimeSpan.FromSeconds(1)));
        var begin = await AllocatedAsync(pair);
        await Task.Delay(Calm);
        var idle = await AllocatedAsync(pair) - begin;
        begin += idle;
        await Task.Run(() => traffic.Run(Calm));
        var busy = await AllocatedAsync(pair) - begin;
        output.WriteLine($"allocated in {Calm.TotalSeconds:F0} s: {idle} bytes idle, {busy} under {MixedTraffic.Pace} frames a second");
        Assert.InRange(busy, 0, idle + AllocationSlack);
    }

    private static void AssertAllIsCounted(StatusDocument status, long sent, long arrived)
    {
        var counters = status.Datapath.Counters;
        var lost = counters["kernel.rxDropped"] + counters["kernel.rxRingFull"];
        var received = counters["received"];
        Assert.Equal(sent, received + lost + Others(status));
        var dropped = counters.Where(counter => counter.Key.StartsWith("drop.", StringComparison.Ordinal)).Sum(counter => counter.Value);
        Assert.Equal(received, counters["forwarded"] + counters["replies"] + counters["toHost"] + dropped);
        Assert.Equal(counters["forwarded"] + counters["replies"], counters["socket.transmitted"] + counters["socket.transmitFull"]);
        Assert.Equal(counters["forwarded"] - counters["socket.transmitFull"], arrived);
    }

    /// <summary>Frames of ours that the program left to the host, before the first VIP was armed or between two configurations.</summary>
    private static long Others(StatusDocument status) => status.Datapath.Counters["xdp.noService"];

    private static async Task<long> AllocatedAsync(Pair pair) => (await pair.StatusAsync()).Runtime.AllocatedBytes;

    /// <summary>The example's VRRP, and the services, with weights, schedulers and pools of the moment.</summary>
    private static string Configuration(string text, Random random)
    {
        var services = string.Concat(MixedService.All.Select(service =>
        {
            var servers = LabPlan.Balance.Servers.Where(_ => random.Next(8) != 0).Select(server => $$"""
                    real_server {{(service.IsV4 ? server.Address : server.AddressV6)}} {{service.ServerPort}} {
                        weight {{random.Next(4)}}
                        TCP_CHECK {
                            connect_port {{LabPlan.Port}}
                            connect_timeout 1
                            retry 0
                        }
                    }

                """);
            return $$"""
                virtual_server {{service.Vip}} {{service.Port}} {
                    delay_loop 1
                    lb_algo {{Schedulers[random.Next(Schedulers.Length)]}}
                    lb_kind {{(service.IsMasqueraded ? "NAT" : "DR")}}
                    protocol {{(service.Protocol == IpProtocol.Tcp ? "TCP" : "UDP")}}
                {{(random.Next(3) == 0 ? "    persistence_timeout 5" : "")}}
                {{string.Concat(servers)}}
                }

                """;
        }));
        return text[..text.IndexOf("virtual_server", StringComparison.Ordinal)] + services;
    }
}
