using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// The tunnel to one server: IP in IP (RFC 2003, RFC 2473), as the kernel makes it (Linux net/netfilter/ipvs/ip_vs_xmit.c
/// <c>ip_vs_tunnel_xmit</c>). Immutable.
/// <code>
///  | Ethernet | IP, director → server | the client's packet, a hop less |
/// </code>
/// </summary>
/// <param name="source">This host's own address on the way to the server.</param>
/// <param name="destination">The server's, of the same family; that of the packets may be another.</param>
internal sealed class Tunnel(IpAddress128 source, IpAddress128 destination)
{
    private const byte EcnMask = 3, Ect0 = 2, CongestionExperienced = 3;
    private const byte DontFragment = 0x40;
    private const byte Ipv4InIp = 4, Ipv6InIp = 41;

    /// <summary>Bytes that the tunnel adds to a packet.</summary>
    public int Overhead { get; } = destination.IsV4 ? Ipv4Header.MinSize : Ipv6Header.Size;

    /// <summary>
    /// Puts the packet, which has lost its hop already, into the tunnel's. False, and nothing changed, if <paramref name="room"/> is too
    /// short.
    /// </summary>
    public bool TryWrap(Span<byte> room, in Packet packet, ushort identification, out int frameLength)
    {
        frameLength = packet.At + Overhead + packet.Length;
        if (frameLength > room.Length) return false;
        var outer = room[packet.At..];
        var inner = outer.Slice(Overhead, packet.Length);
        outer[..packet.Length].CopyTo(inner);

        BinaryPrimitives.WriteUInt16BigEndian(room[(packet.At - 2)..], (ushort)(destination.IsV4 ? EtherType.Ipv4 : EtherType.Ipv6));
        var service = packet.IsV6 ? (byte)(BinaryPrimitives.ReadUInt16BigEndian(inner) >> 4) : inner[1];
        if ((service & EcnMask) == CongestionExperienced) service = (byte)(service & ~EcnMask | Ect0);
        var hops = packet.IsV6 ? inner[7] : inner[8];
        var next = packet.IsV6 ? Ipv6InIp : Ipv4InIp;
        var mayBeCut = packet.IsV6 || (inner[6] & DontFragment) == 0;
        if (destination.IsV4) WriteV4(outer, service, hops, next, mayBeCut ? identification : null, packet.Length);
        else WriteV6(outer, service, hops, next, packet.Length);
        return true;
    }

    private void WriteV4(Span<byte> ip, byte service, byte hops, byte next, ushort? identification, int length)
    {
        ip[0] = 0x45;
        ip[1] = service;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Header.MinSize + length));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification ?? 0);
        ip[6] = identification is null ? DontFragment : (byte)0;
        ip[7] = 0;
        ip[8] = hops;
        ip[9] = next;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], 0);
        source.WriteTo(ip[12..]);
        destination.WriteTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip[..Ipv4Header.MinSize]));
    }

    private void WriteV6(Span<byte> ip, byte service, byte hops, byte next, int length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(ip, 0x6000_0000u | (uint)service << 20);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)length);
        ip[6] = next;
        ip[7] = hops;
        source.WriteTo(ip[8..]);
        destination.WriteTo(ip[24..]);
    }
}
