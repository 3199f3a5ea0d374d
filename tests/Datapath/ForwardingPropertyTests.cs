using Director.Datapath;
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

    /// <summary>Clients of a hash.</summary>
    private const int Flows = 2000;

    /// <summary>In place of a weight: not in the pool.</summary>
    private const int Absent = -1;

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

    public static TheoryData<string, int> Hashes
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (var seed = 1; seed <= 5; seed++)
                foreach (var name in new[] { "sh", "dh", "mh" }) data.Add(name, seed);
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
            var present = Enumerable.Range(1, Servers).Where(server => weights[server] >= 0);
            var spec = Engine.Service(scheduler, [.. present.Select(server => Engine.Server(server, weights[server]))]);
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

        // IPVS counts before it transmits: what was answered or dropped at the last step, for its TTL, counts too.
        var traffic = Enumerable.Range(1, 3).Select(server => engine.State(server).ReadTraffic()).ToList();
        Assert.All(traffic.Index(), server => Assert.InRange(server.Item.InPackets, packets[server.Index + 1], long.MaxValue));
        Assert.All(traffic.Index(), server => Assert.InRange(server.Item.InBytes, bytes[server.Index + 1], long.MaxValue));
        var expired = engine.Count(WorkerCounter.Replies) + engine.Count(DropReason.TtlExceeded);
        Assert.Equal(packets.Sum() + expired, traffic.Sum(server => server.InPackets));
        Assert.Equal(engine.Count(WorkerCounter.Scheduled) + engine.Count(WorkerCounter.Persisted),
            traffic.Sum(server => server.Connections));

        engine.Pass(3600);
        Assert.Equal(0, engine.Connections.Count);
        Assert.Equal(0, engine.Persistence.Count);
        Assert.All(engine.Table.Servers, server => Assert.Equal((0, 0, 0),
            (server.ActiveConnections, server.TotalConnections, server.PersistentConnections)));
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void A_server_that_leaves_a_hash_takes_no_other_flow_along_than_the_hash_itself_moves(string scheduler, int seed)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, random.Next(3, 13)).Select(_ => random.Next(1, 4)).ToArray();
        var leaver = random.Next(weights.Length);
        weights[leaver] = 1;
        int[] drained = [.. weights], without = [.. weights];
        (drained[leaver], without[leaver]) = (0, Absent);
        var before = Targets(weights);

        // Weight 0 moves nobody: its own flows find no server, for want of the fallback flag.
        Assert.Equal(before.Select(server => server == leaver + 1 ? 0 : server), Targets(drained));

        var after = Targets(without);
        Assert.DoesNotContain(leaver + 1, after);
        var moved = Enumerable.Range(0, Flows).Where(flow => before[flow] != leaver + 1 && before[flow] != after[flow]).ToList();
        switch (scheduler)
        {
            case "sh":
                Assert.All(moved, flow => Assert.NotEqual(Bucket(weights, flow), Bucket(without, flow)));
                break;
            case "dh":
                // The service's address is one bucket: its server is everybody's.
                Assert.Single(after.Distinct());
                break;
            case "mh":
                // The permutations are fixed, so this is one number, not a distribution; the paper (Eisenbud et al., NSDI 2016, §5.3)
                // sees a few per cent for a table a hundred times its servers.
                Assert.InRange(moved.Count, 0, Flows / 20);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(scheduler));
        }

        // The pool of before first: Maglev remembers what a server weighed.
        int[] Targets(int[] now)
        {
            using var engine = new Engine(capacity: Flows).With(Pool(weights)).With(Pool(now));
            return [.. Enumerable.Range(0, Flows).Select(flow => engine.ServerOf(1000, Client(flow)))];
        }

        VirtualServiceSpec Pool(int[] of)
        {
            var present = Enumerable.Range(1, of.Length).Where(server => of[server - 1] != Absent);
            return Engine.Service(scheduler, [.. present.Select(server => Engine.Server(server, of[server - 1]))]);
        }

        // 256 buckets are given to the servers in turn, the newest first, to each as many in a row as it weighs.
        static int Bucket(int[] of, int flow)
        {
            var cycle = Enumerable.Range(1, of.Length).Reverse()
                .SelectMany(server => Enumerable.Repeat(server, Math.Max(of[server - 1], 0))).ToArray();
            return cycle[AddressHash.Multiply(Ip(Client(flow)).V4, 8) % cycle.Length];
        }

        static string Client(int flow) => $"10.1.{flow / 250}.{flow % 250 + 1}";
    }

    private static string Address(int client) => $"10.0.1.{client}";
}
