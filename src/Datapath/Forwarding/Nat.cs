using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Masquerading of one server: on the way in its address and port stand for the VIP's, on the way out the VIP's for its (RFC 3022; Linux
/// net/netfilter/ipvs/ip_vs_xmit.c <c>ip_vs_nat_xmit</c>, ip_vs_core.c <c>ip_vs_nat_icmp</c>). Checksums change by as much as the fields
/// do, so a wrong one stays wrong; only UDP's 0, which is none, becomes one. Immutable, one for all connections of the server.
/// </summary>
internal sealed class Nat
{
    // RFC 791 §3.1, RFC 8200 §3.
    private const int ChecksumAtV4 = 10, SourceAtV4 = 12, DestinationAtV4 = 16, SourceAtV6 = 8, DestinationAtV6 = 24;

    // RFC 9293 §3.1, RFC 768, RFC 792.
    private const int SourcePortAt = 0, DestinationPortAt = 2, TcpChecksumAt = 16, UdpChecksumAt = 6;
    private const int IcmpChecksumAt = 2, IcmpSize = 8;

    /// <summary>What stands in UDP's field for a checksum of 0 (RFC 768).</summary>
    private const ushort UdpZero = 0xffff;

    private readonly IpAddress128 _virtual;
    private readonly uint _toServer;
    private readonly uint _toClient;

    /// <summary>Makes the translation between a VIP and a server of its family.</summary>
    /// <param name="virtualAddress">The VIP.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="number">That of the server's address in <see cref="Tables.ForwardingTable.FindServerAddress"/>.</param>
    public Nat(IpAddress128 virtualAddress, IpAddress128 server, uint number)
    {
        (_virtual, Server, Number) = (virtualAddress, server, number);
        _toServer = Checksum.ChangeOf(virtualAddress, server);
        _toClient = Checksum.ChangeOf(server, virtualAddress);
    }

    /// <summary>The server's address.</summary>
    public IpAddress128 Server { get; }

    /// <summary>The number of its address.</summary>
    public uint Number { get; }

    /// <summary>Translates the IP packet at <paramref name="ip"/>, for the VIP, to <paramref name="port"/> of the server.</summary>
    public void ToServer(Span<byte> ip, in Packet packet, ushort port)
    {
        var (source, destination) = packet.IsV6 ? (SourceAtV6, DestinationAtV6) : (SourceAtV4, DestinationAtV4);
        Rewrite(ip, packet, destination, Server, _toServer);
        if (packet.Kind == PacketKind.IcmpError) RewriteQuoted(ip, packet, source, Server, SourcePortAt, port);
        else if (packet.Kind != PacketKind.LaterFragment) RewritePort(ip, packet, _toServer, DestinationPortAt, port);
    }

    /// <summary>
    /// Translates an answer, or an ICMP error about a packet to the server, to come from <paramref name="port"/> of the VIP.
    /// </summary>
    public void ToClient(Span<byte> ip, in Packet packet, ushort port)
    {
        var (source, destination) = packet.IsV6 ? (SourceAtV6, DestinationAtV6) : (SourceAtV4, DestinationAtV4);
        if (packet.Kind == PacketKind.AnswerIcmpError)
        {
            // It may come from a router before the server: the change is that of its own address.
            var from = packet.IsV6 ? IpAddress128.ReadV6(ip[source..]) : IpAddress128.ReadV4(ip[source..]);
            Rewrite(ip, packet, source, _virtual, Checksum.ChangeOf(from, _virtual));
            RewriteQuoted(ip, packet, destination, _virtual, DestinationPortAt, port);
            return;
        }

        Rewrite(ip, packet, source, _virtual, _toClient);
        if (packet.Kind != PacketKind.AnswerLaterFragment) RewritePort(ip, packet, _toClient, SourcePortAt, port);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rewrite(Span<byte> ip, in Packet packet, int at, IpAddress128 address, uint change)
    {
        address.WriteTo(ip[at..]);
        if (!packet.IsV6) Update(ip[ChecksumAtV4..], change);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RewritePort(Span<byte> ip, in Packet packet, uint change, int at, ushort port)
    {
        var transport = ip[packet.HeaderLength..packet.Length];
        var before = BinaryPrimitives.ReadUInt16BigEndian(transport[at..]);
        BinaryPrimitives.WriteUInt16BigEndian(transport[at..], port);
        if (packet.Protocol == IpProtocol.Tcp) Update(transport[TcpChecksumAt..], change + Checksum.ChangeOf(before, port));
        else UpdateUdp(ip, packet, transport, change + Checksum.ChangeOf(before, port));
    }

    private static void UpdateUdp(ReadOnlySpan<byte> ip, in Packet packet, Span<byte> datagram, uint change)
    {
        var field = datagram[UdpChecksumAt..];
        ushort checksum;
        if (BinaryPrimitives.ReadUInt16BigEndian(field) != 0)
        {
            Update(field, change);
            checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        }
        else if (packet.Kind is PacketKind.Whole or PacketKind.Answer)
        {
            checksum = Checksum.Finish(Checksum.Add(datagram, PseudoHeader(ip, packet, IpProtocol.Udp, datagram.Length)));
        }
        else
        {
            // A fragment does not have all that the checksum would cover.
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(field, checksum == 0 ? UdpZero : checksum);
    }

    /// <summary>Translates the packet that an ICMP error quotes, and sums both anew: the kernel does not update here either.</summary>
    private static void RewriteQuoted(Span<byte> ip, in Packet packet, int at, IpAddress128 address, int portAt, ushort port)
    {
        var icmp = ip[packet.HeaderLength..packet.Length];
        var quoted = icmp[IcmpSize..];
        address.WriteTo(quoted[at..]);
        var sum = 0UL;
        int ports;
        if (packet.IsV6)
        {
            ports = Ipv6Chain.TryFind(quoted, out var chain) ? chain.Offset : Ipv6Header.Size;
            sum = PseudoHeader(ip, packet, IpProtocol.IcmpV6, icmp.Length);
        }
        else
        {
            ports = (quoted[0] & 0xf) * 4;
            Sum(quoted[..ports], ChecksumAtV4, 0);
        }

        BinaryPrimitives.WriteUInt16BigEndian(quoted[(ports + portAt)..], port);
        Sum(icmp, IcmpChecksumAt, sum);
    }

    private static ulong PseudoHeader(ReadOnlySpan<byte> ip, in Packet packet, IpProtocol protocol, int length) => packet.IsV6
        ? Checksum.PseudoHeaderV6(IpAddress128.ReadV6(ip[SourceAtV6..]), IpAddress128.ReadV6(ip[DestinationAtV6..]), protocol, length)
        : Checksum.PseudoHeaderV4(BinaryPrimitives.ReadUInt32BigEndian(ip[SourceAtV4..]),
            BinaryPrimitives.ReadUInt32BigEndian(ip[DestinationAtV4..]), protocol, length);

    private static void Sum(Span<byte> covered, int at, ulong sum)
    {
        BinaryPrimitives.WriteUInt16BigEndian(covered[at..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(covered[at..], Checksum.Finish(Checksum.Add(covered, sum)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Update(Span<byte> field, uint change) => BinaryPrimitives.WriteUInt16BigEndian(
        field, Checksum.Update(BinaryPrimitives.ReadUInt16BigEndian(field), change));
}
