using System.Buffers.Binary;
using Director.Linux.Abi;
using Director.Net;
using Director.Net.Wire;

namespace Director.Linux.PacketMmap;

/// <summary>
/// A frame that stands for many: what a sender on this machine left to the hardware to cut (TSO, USO), or the kernel put together (GRO). It
/// is cut here into the frames that a wire would have carried, as Linux net/ipv4/tcp_offload.c and udp_offload.c cut it: addresses and
/// ports of all are the same, sequence numbers and IPv4 identifications go on, FIN and PSH stay with the last, CWR with the first, and
/// every checksum is right. One thread.
/// </summary>
internal ref struct SuperFrame
{
    private const int SequenceField = 4;
    private const int FlagsField = 13;
    private const int FinOrPush = 0x09;
    private const int CongestionWindowReduced = 0x80;

    private readonly ReadOnlySpan<byte> _frame;
    private readonly bool _isTcp;
    private readonly bool _isV4;
    private readonly int _ip;
    private readonly int _transport;
    private readonly int _payload;
    private readonly int _size;

    private SuperFrame(ReadOnlySpan<byte> frame, bool isTcp, bool isV4, int ip, int transport, int payload, int size)
    {
        _frame = frame;
        (_isTcp, _isV4) = (isTcp, isV4);
        (_ip, _transport, _payload, _size) = (ip, transport, payload, size);
    }

    /// <summary>How many frames it stands for, at least 1.</summary>
    public readonly int Segments => Math.Max(1, (_frame.Length - _payload + _size - 1) / _size);

    /// <summary>Bytes of the longest of them.</summary>
    public readonly int LongestSegment => Math.Min(_frame.Length, _payload + _size);

    /// <summary>Reads one; false if its headers are not what its offload says, or not all there.</summary>
    /// <param name="frame">The frame, whose link header may carry a VLAN tag.</param>
    /// <param name="offload">What is to be done with it; its offsets are not believed.</param>
    /// <param name="super">The frame, to be cut.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, in PacketAbi.OffloadHeader offload, out SuperFrame super)
    {
        super = default;
        var kind = (byte)(offload.GsoType & ~PacketAbi.VIRTIO_NET_HDR_GSO_ECN);
        var isTcp = kind is PacketAbi.VIRTIO_NET_HDR_GSO_TCPV4 or PacketAbi.VIRTIO_NET_HDR_GSO_TCPV6;
        if ((!isTcp && kind != PacketAbi.VIRTIO_NET_HDR_GSO_UDP_L4) || offload.GsoSize == 0) return false;
        var ip = VlanTag.LinkHeaderLength(frame);
        if (frame.Length < ip + Ipv4Header.MinSize) return false;
        var isV4 = frame[ip] >> 4 == 4;
        const int ipv6Header = 40;
        var transport = ip + (isV4 ? (frame[ip] & 0xf) * 4 : ipv6Header);
        if (frame.Length < transport + TcpHeader.MinSize || transport < ip + Ipv4Header.MinSize) return false;
        // Behind IPv6 extension headers the hardware cuts nothing either.
        var protocol = (IpProtocol)frame[ip + (isV4 ? 9 : 6)];
        if (protocol != (isTcp ? IpProtocol.Tcp : IpProtocol.Udp)) return false;
        var payload = transport + (isTcp ? (frame[transport + 12] >> 4) * 4 : UdpHeader.Size);
        if (payload < transport + UdpHeader.Size || payload >= frame.Length) return false;
        super = new(frame, isTcp, isV4, ip, transport, payload, offload.GsoSize);
        return true;
    }

    /// <summary>Writes segment <paramref name="index"/> of <see cref="Segments"/> and returns its length.</summary>
    /// <param name="index">0 to <see cref="Segments"/> - 1.</param>
    /// <param name="destination">At least <see cref="LongestSegment"/> bytes.</param>
    public readonly int Write(int index, Span<byte> destination)
    {
        var from = _payload + (index * _size);
        var payload = Math.Min(_size, _frame.Length - from);
        var segment = destination[..(_payload + payload)];
        _frame[.._payload].CopyTo(segment);
        _frame.Slice(from, payload).CopyTo(segment[_payload..]);

        var ip = segment[_ip..];
        var transport = segment[_transport..];
        if (_isV4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)ip.Length);
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(ip[4..]) + index));
            ip[10] = ip[11] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip[..(_transport - _ip)]));
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)transport.Length);
        }

        if (_isTcp) EndTcp(transport, index);
        else EndUdp(transport);
        return segment.Length;
    }

    private readonly void EndTcp(Span<byte> tcp, int index)
    {
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[SequenceField..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[SequenceField..], sequence + (uint)(index * _size));
        if (index + 1 < Segments) tcp[FlagsField] &= unchecked((byte)~FinOrPush);
        if (index > 0) tcp[FlagsField] &= unchecked((byte)~CongestionWindowReduced);
        const int checksum = 16;
        tcp[checksum] = tcp[checksum + 1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[checksum..], Checksum.Finish(Checksum.Add(tcp, PseudoHeader(tcp.Length))));
    }

    private readonly void EndUdp(Span<byte> udp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        udp[6] = udp[7] = 0;
        var sum = Checksum.Finish(Checksum.Add(udp, PseudoHeader(udp.Length)));
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    // Of both versions: the addresses, the protocol, and the length (RFC 9293 §3.1, RFC 8200 §8.1).
    private readonly ulong PseudoHeader(int length)
    {
        var addresses = _isV4 ? _frame.Slice(_ip + 12, 8) : _frame.Slice(_ip + 8, 32);
        return Checksum.Add(addresses, (ulong)(_isTcp ? IpProtocol.Tcp : IpProtocol.Udp) + (uint)length);
    }
}
