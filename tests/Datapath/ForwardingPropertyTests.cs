using Director.Datapath.Ports;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Net.Wire;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>
/// What holds under every scheduler, whatever clients send and operators change: random histories, replayed by their seed.
/// </summary>
public sealed class ForwardingPropertyTests
{
    private const int Servers = 6;
    private const int Steps = 3000;

    /// <summary>Less than the shortest timer of a flow that lives: SYN_RECV's 60 s, with a tick to spare.</summary>
    private const double Alive = 59;

    public static TheoryData<string, SchedulerFlags, int> Histories
    {
        get
        {
            var data = new TheoryData<string, SchedulerFlags, int>();
            for (var seed = 1; seed <= 3; seed++)
            {
                foreach (var name in SchedulerCatalog.Names) data.Add(name, SchedulerFlags.None, seed);
                foreach (var name in new[] { "sh", "mh" }) data.Add(name, SchedulerFlags.Fallback | SchedulerFlags.Port, seed);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_live_flow_keeps_its_server_and_weight_zero_gets_no_new_one(string scheduler, SchedulerFlags flags, int seed)
    {
        var random = new Random(seed);
        using var engine = new Engine(capacity: 8192);
        var live = new Dictionary<(int Client, ushort Port), (int Server, double Until)>();
        var used = new HashSet<(int, ushort)>();
        var weights = new int[Servers + 1];
        double now = 0;
        Change();
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(100) == 0) Change();
            if (random.Next(50) == 0) Pass(random.Next(30));
            if (live.Count > 0 && random.Next(3) != 0) Continue(live.Keys.ElementAt(random.Next(live.Count)));
            else Begin((random.Next(2, 250), (ushort)random.Next(1024, 65536)));
        }

        void Begin((int Client, ushort Port) flow)
        {
            if (!used.Add(flow)) return;
            var server = engine.ServerOf(flow.Port, Address(flow.Client));
            if (server == 0) return;
            Assert.True(weights[server] > 0, $"seed {seed}: {flow} went to server {server} of weight {weights[server]}");
            live[flow] = (server, now + Alive);
        }

        void Continue((int Client, ushort Port) flow)
        {
            var (server, until) = live[flow];
            if (now > until || weights[server] < 0)
            {
                // It may be over, or its server has been removed: what becomes of it is another test's.
                live.Remove(flow);
                return;
            }

            // A handshake that goes on, or a SYN again: neither ends a flow, so neither may move it.
            var sent = engine.Send(random.Next(4) == 0 ? TcpFlags.Syn : TcpFlags.Ack, flow.Port, Address(flow.Client));
            Assert.True(sent.Verdict == Verdict.Forward && sent.Egress == server,
                $"seed {seed}: {flow} of server {server}, weight {weights[server]}: {sent.Verdict} to {sent.Egress}");
            live[flow] = (server, now + Alive);
            if (random.Next(5) != 0) return;
            engine.Send(TcpFlags.Rst, flow.Port, Address(flow.Client));
            live.Remove(flow);
        }

        void Pass(int seconds)
        {
            engine.Pass(seconds);
            now += seconds;
        }

        void Change()
        {
            for (var server = 1; server <= Servers; server++) weights[server] = random.Next(5) == 0 ? -1 : random.Next(4);
            var spec = Engine.Service(scheduler,
                [.. Enumerable.Range(1, Servers).Where(server => weights[server] >= 0).Select(server => Engine.Server(server, weights[server]))]);
            engine.With(spec with { SchedulerFlags = flags });
            foreach (var gone in live.Where(flow => weights[flow.Value.Server] < 0).Select(flow => flow.Key).ToList()) live.Remove(gone);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counters_are_what_was_sent_and_the_tables_stay_within_their_limits(int seed)
    {
        const int connections = 64, templates = 16;
        var random = new Random(seed);
        using var engine = new Engine(connections, templates);
        engine.With(Engine.Weighted("wlc", 1, 2, 3) with { PersistenceTimeout = TimeSpan.FromSeconds(20), PersistencePrefixLength = 30 });
        var packets = new long[4];
        var bytes = new long[4];
        var verdicts = new Dictionary<Verdict, long>();
        TcpFlags[] kinds = [TcpFlags.Syn, TcpFlags.Ack, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst];
        for (var step = 0; step < 20000; step++)
        {
            if (random.Next(400) == 0) engine.Pass(random.Next(100));
            var frame = Tcp(Address(random.Next(2, 250)), (ushort)random.Next(1024, 1064), Engine.Vip, Engine.Port,
                kinds[random.Next(kinds.Length)], random.Next(200), (byte)random.Next(1, 65));
            if (random.Next(20) == 0) frame[random.Next(12, frame.Length)] ^= (byte)(1 << random.Next(8));
            var length = frame.Length - EthernetHeader.Size;
            var sent = engine.Send(frame);
            verdicts[sent.Verdict] = verdicts.GetValueOrDefault(sent.Verdict) + 1;
            if (sent.Verdict == Verdict.Forward)
            {
                packets[sent.Egress]++;
                bytes[sent.Egress] += sent.Frame.Length - EthernetHeader.Size;
                Assert.True(sent.Frame.Length - EthernetHeader.Size <= length);
            }

            Assert.InRange(engine.Connections.Count, 0, connections);
            Assert.InRange(engine.Persistence.Count, 0, templates);
        }

        Assert.True(engine.Count(WorkerCounter.TableFull) > 0 && engine.Count(WorkerCounter.PersistenceFull) > 0);
        Assert.Equal(20000, engine.Count(WorkerCounter.Received));
        Assert.Equal(verdicts[Verdict.Forward], engine.Count(WorkerCounter.Forwarded));
        Assert.Equal(verdicts[Verdict.ToHost], engine.Count(WorkerCounter.ToHost));
        Assert.Equal(verdicts[Verdict.Reply], engine.Count(WorkerCounter.Replies));
        Assert.Equal(verdicts[Verdict.Drop], engine.Forwarder.Counters.Dropped);
        for (var server = 1; server <= 3; server++)
        {
            // IPVS counts before it transmits: what was answered or dropped at the last step counts too (TTL).
            var traffic = engine.State(server).ReadTraffic();
            Assert.True(traffic.InPackets >= packets[server] && traffic.InBytes >= bytes[server]);
        }

        engine.Pass(3600);
        Assert.Equal(0, engine.Connections.Count);
        Assert.Equal(0, engine.Persistence.Count);
        Assert.All(engine.Table.Servers, server => Assert.Equal((0, 0, 0),
            (server.ActiveConnections, server.TotalConnections, server.PersistentConnections)));
    }

    [Fact]
    public void Maglev_moves_few_flows_beside_those_of_a_removed_server_and_none_for_weight_zero()
    {
        const int flows = 2000, servers = 10;
        var before = Targets([.. Enumerable.Range(1, servers)], 0);
        var without = Targets([.. Enumerable.Range(1, servers).Where(server => server != 4)], 0);
        var moved = Enumerable.Range(0, flows).Count(flow => before[flow] != 4 && before[flow] != without[flow]);

        // The permutations are fixed, so this is one number, not a distribution; the paper (Eisenbud et al., NSDI 2016, §5.3) sees a few
        // per cent for a table a hundred times its servers, and this table is four hundred times as large as the pool.
        Assert.InRange(moved, 1, flows / 20);
        Assert.DoesNotContain(4, without);

        var drained = Targets([.. Enumerable.Range(1, servers)], 4);
        Assert.All(Enumerable.Range(0, flows), flow => Assert.Equal(before[flow] == 4 ? 0 : before[flow], drained[flow]));

        static int[] Targets(int[] numbers, int weightless)
        {
            using var engine = new Engine(capacity: 4096);
            engine.With(Engine.Service("mh", [.. numbers.Select(number => Engine.Server(number))]));
            engine.With(Engine.Service("mh", [.. numbers.Select(number => Engine.Server(number, number == weightless ? 0 : 1))]));
            return [.. Enumerable.Range(0, flows).Select(flow => engine.ServerOf(1000, $"10.1.{flow / 250}.{flow % 250 + 1}"))];
        }
    }

    private static string Address(int client) => $"10.0.1.{client}";
}
