using Director.Datapath.Forwarding;
using Director.Datapath.Offload;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Conformance.Replay;

/// <summary>How frames come to a forwarder and leave it, link numbers as on the <see cref="Stage"/>.</summary>
internal interface IPacketPath
{
    /// <summary>What is forwarded before frames come to the forwarder; null if nothing is.</summary>
    FlowTable? Flows => null;

    /// <summary>Has frames of this table's services come to the forwarder.</summary>
    void Serve(ForwardingTable table);

    /// <summary>Brings one frame in by a link and waits until all that it causes is done; returns its <see cref="Outcome"/>.</summary>
    string Send(int link, byte[] frame, Forwarder forwarder, ForwardingTable table, MonoTime now);
}
