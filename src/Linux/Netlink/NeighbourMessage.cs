using System.Runtime.InteropServices;
using Director.Net;
using static Director.Linux.Abi.NeighbourAbi;
using static Director.Linux.Abi.NetlinkAbi;
using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>
/// Messages about neighbours: <c>struct ndmsg</c> (rtnetlink(7)) and attributes.
/// <code>
///  0        1     2     4       8       10      11     12
///  | family | pad | pad | index | state | flags | type | attributes…
/// </code>
/// </summary>
internal static class NeighbourMessage
{
    /// <summary>Asks for all neighbours of both families.</summary>
    public static ReadOnlySpan<byte> WriteDump(Span<byte> buffer, uint sequence)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETNEIGH, NLM_F_DUMP, sequence);
        writer.Fixed(NdMsgSize);
        return writer.Finish();
    }

    /// <summary>Asks for one neighbour.</summary>
    public static ReadOnlySpan<byte> WriteGet(Span<byte> buffer, uint sequence, int linkIndex, IpAddress128 address)
    {
        var writer = new NetlinkWriter(buffer, RTM_GETNEIGH, NLM_F_ACK, sequence);
        FillInfo(writer.Fixed(NdMsgSize), linkIndex, address);
        writer.Attribute(NDA_DST, address);
        return writer.Finish();
    }

    /// <summary>
    /// Asks the kernel to behave as if it had a packet for this neighbour; if <paramref name="keepFresh"/>, also to confirm it again and
    /// again without traffic (NTF_EXT_MANAGED, Linux 5.16; older kernels ignore that part).
    /// </summary>
    public static ReadOnlySpan<byte> WriteProbe(Span<byte> buffer, uint sequence, int linkIndex, IpAddress128 address, bool keepFresh)
    {
        var writer = new NetlinkWriter(buffer, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ACK, sequence);
        var info = writer.Fixed(NdMsgSize);
        FillInfo(info, linkIndex, address);
        info[10] = NTF_USE;
        writer.Attribute(NDA_DST, address);
        if (keepFresh) writer.Attribute(NDA_FLAGS_EXT, NTF_EXT_MANAGED);
        return writer.Finish();
    }

    /// <summary>
    /// Reads a neighbour; false if it is too short, of another family (a bridge's table), or has no address. Allocates nothing.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out NeighbourEntry neighbour)
    {
        neighbour = default;
        if (payload.Length < NdMsgSize || payload[0] is not (AF_INET or AF_INET6)) return false;
        var size = payload[0] == AF_INET ? 4 : 16;
        IpAddress128? address = null;
        MacAddress? linkAddress = null;
        foreach (var attribute in new NetlinkAttributes(payload[NdMsgSize..]))
        {
            switch (attribute.Type)
            {
                case NDA_DST when attribute.Payload.Length == size: address = attribute.IpAddress; break;
                case NDA_LLADDR: linkAddress = attribute.MacAddress; break;
            }
        }

        if (address is not { } own) return false;
        var state = (NeighbourState)MemoryMarshal.Read<ushort>(payload[8..]);
        neighbour = new(MemoryMarshal.Read<int>(payload[4..]), own, linkAddress, state);
        return true;
    }

    private static void FillInfo(Span<byte> info, int linkIndex, IpAddress128 address)
    {
        info[0] = address.IsV4 ? AF_INET : AF_INET6;
        MemoryMarshal.Write(info[4..], linkIndex);
    }
}
