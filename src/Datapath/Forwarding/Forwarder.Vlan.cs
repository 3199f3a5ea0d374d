using System.Runtime.CompilerServices;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// Frames of VLANs. The type of what a frame carries stands right before the packet, tag or not, so a tag comes, goes or becomes another
/// by moving the frame's start alone.
/// </content>
public sealed partial class Forwarder
{
    /// <summary>Whether a frame that came tagged, or leaves so, has to be brought into another shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool NeedsRetag(in Packet packet, ushort vlan) => ((packet.At ^ EthernetHeader.Size) | vlan) != 0;

    /// <summary>
    /// Makes the frame one of <paramref name="vlan"/>, 0 for none, but for its addresses, which are to be written next. The priority is
    /// lost, as in a packet that the kernel forwards (Linux net/8021q/vlan_dev.c, egress priorities map to 0).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Retag(FrameBatch batch, int i, ushort vlan)
    {
        ref var packet = ref _packets[i];
        var header = vlan == 0 ? EthernetHeader.Size : VlanTag.TaggedHeaderSize;
        batch[i].MoveStart(packet.At - header);
        packet.At = (byte)header;
        if (vlan != 0) VlanTag.Write(batch.Frame(i), vlan);
    }

    /// <summary>Whose frame it is, and the link that it came by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LastHop HopOf(FrameBatch batch, int i)
    {
        var frame = batch.Frame(i);
        var ingress = batch[i].Ingress;
        return LastHop.Of(
            frame, _packets[i].At == EthernetHeader.Size ? ingress : _table.FindLink(ingress, VlanTag.IdOf(frame)));
    }
}
