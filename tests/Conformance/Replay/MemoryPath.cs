using Director.Datapath.Forwarding;
using Director.Datapath.Offload;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net;
using Director.Tests.Datapath.Offload;

namespace Director.Tests.Conformance.Replay;

/// <summary>The path without a kernel. With offload, what is established is forwarded before it comes to the forwarder.</summary>
internal sealed class MemoryPath(OffloadModel? offload = null) : IPacketPath, IDisposable
{
    private readonly MemoryFramePort _port = new();
    private readonly FrameBatch _batch = new();
    private readonly List<(int Link, byte[] Frame)> _left = [];
    private bool _toHost;

    public FlowTable? Flows => offload?.Flows;

    public void Serve(ForwardingTable table)
    {
        // All frames come to the forwarder.
    }

    public string Send(int link, byte[] frame, Forwarder forwarder, ForwardingTable table, MonoTime now)
    {
        var copy = frame.ToArray();
        if (offload is not null && offload.TrySend(copy, Stage.NearMac(link), now, out var egress))
            return Outcome.Of(frame, false, [(egress, copy)]);

        _left.Clear();
        _toHost = false;
        _port.Committed = Note;
        Assert.True(_port.TryPut(frame, (ushort)link));
        _port.Receive(_batch);
        forwarder.Process(_batch, table, now);
        _port.Commit(_batch);
        return Outcome.Of(frame, _toHost, _left);
    }

    public void Dispose() => _port.Dispose();

    private void Note(in FrameSlot slot, ReadOnlySpan<byte> frame)
    {
        if (slot.Verdict == Verdict.Forward) _left.Add((slot.Egress, frame.ToArray()));
        else if (slot.Verdict == Verdict.Reply) _left.Add((slot.Ingress, frame.ToArray()));
        else if (slot.Verdict == Verdict.ToHost) _toHost = true;
    }
}
