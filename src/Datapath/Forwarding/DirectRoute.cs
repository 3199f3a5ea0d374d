using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Direct routing: the packet goes to the server's MAC address as it came, but for one hop less to live (Linux
/// net/netfilter/ipvs/ip_vs_xmit.c <c>ip_vs_dr_xmit</c>, <c>ip_vs_dr_xmit_v6</c>).
/// </summary>
internal static class DirectRoute
{
    // RFC 791 §3.1, RFC 8200 §3.
    private const int TimeToLiveAt = 8;
    private const int ChecksumAt = 10;
    private const int HopLimitAt = 7;

    /// <summary>Rewrites the frame for <paramref name="server"/>, whose next hop is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rewrite(Span<byte> frame, in Packet packet, in ServerEntry server)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(frame, server.MacsLow);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], server.MacsHigh);
        TakeHop(frame[packet.At..], packet.IsV6);
    }

    /// <summary>
    /// The same for a plain frame, which has all its headers: at <paramref name="frame"/>, untagged, IPv4. One less in the high byte of a
    /// word is one more in that of the checksum (Linux include/net/ip.h <c>ip_decrease_ttl</c>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RewritePlain(nint frame, in ServerEntry server)
    {
        FrameMemory.Write(frame, 0, server.MacsLow);
        FrameMemory.Write(frame, 8, server.MacsHigh);
        var ip = frame + EthernetHeader.Size;
        FrameMemory.Write(ip, TimeToLiveAt, (byte)(FrameMemory.Read<byte>(ip, TimeToLiveAt) - 1));
        var checksum = BinaryPrimitives.ReverseEndianness(FrameMemory.Read<ushort>(ip, ChecksumAt)) + 0x100;
        if (checksum >= ushort.MaxValue) checksum++;
        FrameMemory.Write(ip, ChecksumAt, BinaryPrimitives.ReverseEndianness((ushort)checksum));
    }

    /// <summary>Takes one hop off what is left of them, above 0, and off the header checksum if there is one (RFC 1624).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TakeHop(Span<byte> ip, bool isV6)
    {
        if (isV6)
        {
            ip[HopLimitAt]--;
            return;
        }

        var word = BinaryPrimitives.ReadUInt16BigEndian(ip[TimeToLiveAt..]);
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(ip[ChecksumAt..]);
        ip[TimeToLiveAt]--;
        BinaryPrimitives.WriteUInt16BigEndian(ip[ChecksumAt..], Checksum.Update(checksum, word, (ushort)(word - 0x100)));
    }
}
