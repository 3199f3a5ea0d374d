using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
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
