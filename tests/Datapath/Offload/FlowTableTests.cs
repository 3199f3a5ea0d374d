using Director.Datapath.Offload;
using Director.Datapath.Tables;
using Director.Net;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath.Offload;

public sealed class FlowTableTests
{
    [Fact]
    public void Workers_that_claim_at_once_never_have_the_same_slot()
    {
        const int workers = 4, flows = 4096;
        using var offload = new OffloadModel(1024);
        var claims = new List<uint>[workers];
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            claims[worker] = [];
            for (var flow = 0; flow < flows; flow++)
            {
                // Each gives every third back at once, which another may take: it is counted no more.
                if (!offload.Flows.TryClaim(Key(flow), worker, out var slot)) continue;
                if (flow % 3 == 0) offload.Flows.Release(slot);
                else claims[worker].Add(slot);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var all = claims.SelectMany(slots => slots).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.InRange(all.Count, FlowLayout.SlotsFor(1024) * 9 / 10, FlowLayout.SlotsFor(1024));
    }

    [Fact]
    public void The_epoch_is_never_zero()
    {
        using var memory = FlowTableMemory.Allocate(2, 2);
        BitConverter.TryWriteBytes(Director.Datapath.Tables.FrameMemory.Bytes(memory.Epoch, sizeof(uint)), uint.MaxValue);
        using var table = new FlowTable(memory, new GraceModel(), 1, 0);
        table.CloseAll();
        Assert.Equal(1u, table.Epoch);
    }

    private static FlowKey Key(int flow) =>
        new(IpAddress128.FromV4(0x0a00_0000u + (uint)flow), 1000, Ip("10.0.0.100"), 80, IpProtocol.Tcp);
}
