using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Direct routing: the packet goes to the server's MAC address as it came, but for one hop less to live (Linux
/// net/netfilter/ipvs/ip_vs_xmit.c <c>ip_vs_dr_xmit</c>).
/// </summary>
internal static class DirectRoute
{
    private const int TimeToLiveAt = EthernetHeader.Size + 8;
    private const int ChecksumAt = EthernetHeader.Size + 10;

    /// <summary>Rewrites the frame for <paramref name="server"/>, whose next hop is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rewrite(Span<byte> frame, in ServerEntry server)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(frame, server.MacsLow);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], server.MacsHigh);
        DecrementTimeToLive(frame);
    }

    /// <summary>Takes one hop off a TTL above 0, and off the header checksum (RFC 1624).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DecrementTimeToLive(Span<byte> frame)
    {
        var word = BinaryPrimitives.ReadUInt16BigEndian(frame[TimeToLiveAt..]);
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(frame[ChecksumAt..]);
        frame[TimeToLiveAt]--;
        BinaryPrimitives.WriteUInt16BigEndian(frame[ChecksumAt..], Checksum.Update(checksum, word, (ushort)(word - 0x100)));
    }
}
