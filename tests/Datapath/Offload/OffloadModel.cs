using Director.Datapath.Offload;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath.Offload;

/// <summary>Offload without a kernel: the flows, and a program that forwards them, between any two devices.</summary>
internal sealed class OffloadModel : IDisposable
{
    private const ulong Seed = 0xf10e;
    private const ushort Devices = 8;

    private readonly FlowTableMemory _memory;

    public OffloadModel(int capacity = 1024, int openAfter = 0)
    {
        _memory = FlowTableMemory.Allocate(capacity, capacity);
        Flows = new(_memory, Grace, Seed, openAfter);
        Stage = new(_memory, Flows.Hash);
        for (ushort ingress = 0; ingress < Devices; ingress++)
            for (ushort egress = 0; egress < Devices; egress++) Flows.Allow(ingress, egress, true);
    }

    public GraceModel Grace { get; } = new();

    public FlowTable Flows { get; }

    public FlowStageModel Stage { get; }

    /// <summary>
    /// Has the program look at a frame that comes in, and send it if it may: it is rewritten then. Workers have told the program the time,
    /// as they do whenever one is awake.
    /// </summary>
    public bool TrySend(Span<byte> frame, MacAddress device, MonoTime now, out ushort egress)
    {
        Flows.Tell(Ticks.At(now));
        return Stage.TrySend(frame, device, out egress);
    }

    public void Dispose()
    {
        Flows.Dispose();
        _memory.Dispose();
    }
}
