using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Linux.Xdp;

/// <summary>
/// A frame that a neighbour answers whatever else it does, and to nobody but who asked so: the ARP probe of an address (RFC 5227 §2.1.1),
/// or a neighbour solicitation (RFC 4861 §4.3) from an address that nobody has; both to the neighbour's MAC alone. The host does not ask
/// so itself, so an answer is to us, and it learns nothing by it that it does not know.
/// </summary>
/// <param name="neighbour">The address that is asked for.</param>
/// <param name="to">Its MAC.</param>
/// <param name="from">Our MAC, on the device that the answer comes by.</param>
/// <param name="nonce">Tells this question over IPv6 from others.</param>
internal sealed class NeighbourQuestion(IpAddress128 neighbour, MacAddress to, MacAddress from, uint nonce)
{
    /// <summary>Bytes that Ethernet has at least.</summary>
    private const int Shortest = 60;

    private const int Solicitation = 32, Hop = 255;
    private const byte Solicit = 135, Advertise = 136;

    // fe80::6469:0:NONCE, link-local and made by nobody's rule.
    private readonly IpAddress128 _asker = IpAddress128.ReadV6(
        [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x64, 0x69, 0, 0, (byte)(nonce >> 24), (byte)(nonce >> 16), (byte)(nonce >> 8), (byte)nonce]);

    /// <summary>What answers are: the protocol that a packet socket (packet(7)) is to listen for.</summary>
    public EtherType Type => neighbour.IsV4 ? EtherType.Arp : EtherType.Ipv6;

    /// <summary>The frame.</summary>
    public byte[] ToFrame() => neighbour.IsV4 ? ArpProbe() : NeighbourSolicitation();

    /// <summary>Whether a frame is the answer.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> frame)
    {
        if (!EthernetHeader.TryRead(frame, out var ethernet) || ethernet.Type != Type) return false;
        var packet = frame[EthernetHeader.Size..];
        return neighbour.IsV4 ? IsArpReply(packet) : IsAdvertisement(packet);
    }

    // RFC 826: hardware and protocol of Ethernet and IPv4, operation, sender's MAC and address, target's.
    private byte[] ArpProbe()
    {
        var frame = new byte[Shortest];
        EthernetHeader.Write(frame, to, from, EtherType.Arp);
        var arp = frame.AsSpan(EthernetHeader.Size);
        BinaryPrimitives.WriteUInt64BigEndian(arp, 0x0001_0800_0604_0001);
        from.WriteTo(arp[8..]);
        neighbour.WriteTo(arp[24..]);
        return frame;
    }

    private bool IsArpReply(ReadOnlySpan<byte> arp) =>
        arp.Length >= 28
        && BinaryPrimitives.ReadUInt64BigEndian(arp) == 0x0001_0800_0604_0002
        && IpAddress128.ReadV4(arp[14..]) == neighbour
        && BinaryPrimitives.ReadUInt32BigEndian(arp[24..]) == 0;

    // RFC 4861 §4.3, with the source's MAC (§4.6.1), so that the neighbour need not ask for it.
    private byte[] NeighbourSolicitation()
    {
        var frame = new byte[EthernetHeader.Size + Ipv6Header.Size + Solicitation];
        EthernetHeader.Write(frame, to, from, EtherType.Ipv6);
        var ip = frame.AsSpan(EthernetHeader.Size);
        (ip[0], ip[5], ip[6], ip[7]) = (0x60, Solicitation, (byte)IpProtocol.IcmpV6, Hop);
        _asker.WriteTo(ip[8..]);
        neighbour.WriteTo(ip[24..]);
        var icmp = ip[Ipv6Header.Size..];
        icmp[0] = Solicit;
        neighbour.WriteTo(icmp[8..]);
        (icmp[24], icmp[25]) = (1, 1);
        from.WriteTo(icmp[26..]);
        var pseudo = Checksum.PseudoHeaderV6(_asker, neighbour, IpProtocol.IcmpV6, Solicitation);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], Checksum.Finish(Checksum.Add(icmp, pseudo)));
        return frame;
    }

    private bool IsAdvertisement(ReadOnlySpan<byte> ip) =>
        ip.Length >= Ipv6Header.Size + 24
        && ip[6] == (byte)IpProtocol.IcmpV6
        && IpAddress128.ReadV6(ip[24..]) == _asker
        && ip[Ipv6Header.Size] == Advertise
        && IpAddress128.ReadV6(ip[(Ipv6Header.Size + 8)..]) == neighbour;
}
