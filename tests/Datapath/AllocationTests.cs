using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;
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
}
