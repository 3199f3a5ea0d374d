using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Datapath.Offload;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

public sealed class AllocationTests
{
    private const int FrameCount = 10_000_000;
    private const int Flows = 4096;

    public static TheoryData<string, int> Pools
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in SchedulerCatalog.Names)
                foreach (var servers in (int[])[3, 100]) data.Add(name, servers);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pools))]
    public void No_scheduler_allocates(string name, int servers)
    {
        using var engine = new Engine().With(Engine.Weighted(name, [.. Enumerable.Range(1, servers)]));
        var scheduler = engine.Table.Services[0].Scheduler;
        var request = new SchedulingRequest(IpProtocol.Tcp, new(Ip(Engine.Client), 1), new(Ip(Engine.Vip), 80), engine.Now);
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        // Each server gets so many that lblcr has all of them in its set after the first run.
        void Run()
        {
            for (var i = 0; i < 50_000; i++)
            {
                var picked = scheduler.Pick(request);
                if (picked < 0) continue;
                scheduler.Pool[picked].State.Bind();
                scheduler.Pool[picked].State.Activate();
            }
        }
    }

    [Fact]
    public void Ten_million_frames_allocate_nothing()
    {
        using var port = new MemoryFramePort();
        using var connections = new ConnectionTable(Flows, 1);
        var forwarder = new Forwarder(0, connections, new(Flows, 1));
        var batch = new FrameBatch();
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Build(
            [Engine.Weighted("wlc", 1, 2, 3) with { PersistenceTimeout = TimeSpan.FromSeconds(50) }], ForwardingTable.Empty(), now);

        // The flows outnumber the table and pass through their whole life, so every path but the answers is walked.
        var syn = Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Syn);
        var ack = Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Ack);
        var rst = Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Rst);
        var flow = 0;
        Run(100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(FrameCount);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        var counters = forwarder.Counters;
        Assert.Equal(FrameCount + 100_000, counters[WorkerCounter.Received]);
        Assert.Equal(
            counters[WorkerCounter.Received], counters[WorkerCounter.Forwarded] + counters[WorkerCounter.ToHost] + counters.Dropped);
        Assert.True(counters[WorkerCounter.ConnectionsCreated] > Flows && counters[WorkerCounter.ConnectionsExpired] > 0);
        Assert.True(counters[WorkerCounter.TemplatesCreated] > 0 && counters[WorkerCounter.TableFull] > 0);

        void Run(int frames)
        {
            for (var done = 0; done < frames; done += DatapathLimits.DefaultBatchFrames)
            {
                var count = Math.Min(DatapathLimits.DefaultBatchFrames, frames - done);
                for (var i = 0; i < count; i++)
                {
                    flow = (flow + 1) % (Flows * 2);
                    var frame = (done / (Flows * 2) % 4) switch { 0 => syn, 3 => rst, _ => ack };
                    (frame[29], frame[34], frame[35]) = ((byte)(flow & 63), (byte)(0x20 | flow >> 8), (byte)flow);
                    FixHeaderChecksum(frame);
                    port.TryPut(frame);
                }

                // Now and then a pause in which most of them end.
                now += done % 1_000_000 < DatapathLimits.DefaultBatchFrames ? TimeSpan.FromMinutes(20) : TimeSpan.FromMilliseconds(1);
                port.Receive(batch);
                forwarder.Process(batch, table, now);
                port.Commit(batch);
            }
        }
    }

    [Fact]
    public void Frames_of_every_kind_allocate_nothing()
    {
        const string vip = "2001:db8::100", client = "2001:db8:1::2";
        using var port = new MemoryFramePort();
        using var connections = new ConnectionTable(Flows, 1);
        var forwarder = new Forwarder(0, connections, new(Flows, 1), new() { ScheduleIcmp = true, ExpireNodestConn = true });
        var batch = new FrameBatch();
        var tunnelled = Engine.Server(2) with
        {
            Method = ForwardingMethod.Tunnel,
            NextHop = new NextHop(2, Engine.MacOf(2), DirectorMac, 1500) { Address = Ip("10.0.0.1") },
        };
        var dns = new VirtualServiceSpec(Engine.Key(IpProtocol.Udp, 53), "rr", null, 32, [Engine.Server(1)]) { IsOnePacket = true };
        var six = new VirtualServiceSpec(Engine.Key(IpProtocol.Tcp, 80, vip), "wlc", null, 128, [Engine.ServerV6(3, mtu: 1300)]);
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Build(
            [Engine.Service("wlc", Engine.Server(1), tunnelled), dns, six], ForwardingTable.Empty(), now);
        var first = Tcp(Engine.Client, 7, Engine.Vip, 80, TcpFlags.Syn, payload: 100, dontFragment: false);
        first[20] = 0x20;
        FixHeaderChecksum(first);
        var later = first.ToArray();
        (later[20], later[21]) = (0, 15);
        FixHeaderChecksum(later);
        byte[][] frames =
        [
            first, later, TcpV6(client, 1000, vip, 80, TcpFlags.Syn), TcpV6(client, 1000, vip, 80, TcpFlags.Ack, payload: 1400),
            TcpV6(client, 1001, vip, 80, TcpFlags.Syn, extensions: [6, 0, 1, 4, 0, 0, 0, 0], firstHeader: 0, hops: 1),
            Udp(Engine.Client, 1000, Engine.Vip, 53), Tcp(Engine.Client, 1000, Engine.Vip, 80, TcpFlags.Syn),
            Tcp(Engine.Client, 1001, Engine.Vip, 80, TcpFlags.Syn, ttl: 1), Tcp(Engine.Client, 1001, Engine.Vip, 80, TcpFlags.Rst),
            Ipv6(client, vip, (byte)IpProtocol.IcmpV6, [1, .. new byte[7], .. TcpV6(vip, 80, client, 1000, TcpFlags.Ack)[14..]]),
            Ipv6(client, vip, (byte)IpProtocol.IcmpV6, [1, .. new byte[7], .. TcpV6(vip, 80, client, 9, TcpFlags.Ack)[14..]]),
        ];
        Run(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        var counters = forwarder.Counters;
        WorkerCounter[] seen =
        [
            WorkerCounter.Forwarded, WorkerCounter.Replies, WorkerCounter.OnePackets, WorkerCounter.FragmentsFollowed,
            WorkerCounter.IcmpFollowed, WorkerCounter.ConnectionsExpired,
        ];
        Assert.All(seen, counter => Assert.True(counters[counter] > 0, counter.ToString()));

        void Run(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                foreach (var frame in frames) port.TryPut(frame);
                now += TimeSpan.FromMilliseconds(round % 100 == 0 ? 20_000 : 10);
                port.Receive(batch);
                forwarder.Process(batch, table, now);
                port.Commit(batch);
            }
        }
    }

    [Fact]
    public void Opening_closing_and_counting_flows_allocates_nothing()
    {
        using var offload = new OffloadModel(64);
        using var port = new MemoryFramePort();
        using var connections = new ConnectionTable(Flows, 1);
        var forwarder = new Forwarder(0, connections, new(Flows, 1), flows: offload.Flows);
        var batch = new FrameBatch();
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Build([Engine.Weighted("wlc", 1, 2, 3)], ForwardingTable.Empty(), now);
        var other = ForwardingTable.Build([Engine.Weighted("wlc", 1, 2)], table, now);
        offload.Flows.Shut(ForwardingTable.Empty(), table);
        byte[][] frames =
        [
            Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Syn), Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Ack),
            Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Ack), Tcp(Engine.Client, 1, Engine.Vip, 80, TcpFlags.Rst),
        ];
        var count = new OffloadCount(() => { });
        Run(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(forwarder.Counters[WorkerCounter.FlowsOpened] > 10_000 && offload.Stage.Sent > 10_000);
        Assert.True(forwarder.Counters[WorkerCounter.FlowsRefused] > 0);
        Assert.Equal(offload.Stage.Sent, forwarder.Counters[WorkerCounter.Offloaded]);

        void Run(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                // Half of them are never reset, and fill the table until they expire.
                foreach (var frame in frames.AsSpan(0, round % 2 == 0 ? 4 : 3))
                {
                    (frame[34], frame[35]) = ((byte)(round >> 8), (byte)round);
                    FixHeaderChecksum(frame);
                    if (offload.TrySend(frame, DirectorMac, now, out _)) Restore(frame);
                    else port.TryPut(frame);
                    port.Receive(batch);
                    forwarder.Process(batch, round % 1000 < 990 ? table : other, now);
                    port.Commit(batch);
                }

                while (!count.TryAnswer(forwarder, table, now, isIdle: false)) continue;
                now += TimeSpan.FromMilliseconds(round % 1000 == 0 ? 1_000_000 : 1);
            }
        }

        // The program has taken a hop and written MACs; the frame is sent again.
        static void Restore(byte[] frame)
        {
            EthernetHeader.Write(frame, DirectorMac, ClientMac, EtherType.Ipv4);
            frame[22] = 64;
        }
    }
}
