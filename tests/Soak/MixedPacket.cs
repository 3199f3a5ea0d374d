using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Soak;

/// <summary>A view of a TCP or UDP packet without IP options, which the mixed traffic's are; it ends in a stamp.</summary>
internal readonly ref struct MixedPacket
{
    /// <summary>Bytes of the stamp: whose the packet is, and its number.</summary>
    public const int StampSize = 2 * sizeof(ulong);

    private const int UdpHeader = 8;

    private readonly Span<byte> _ip;
    private readonly int _header;

    private MixedPacket(Span<byte> ip, int header)
    {
        _ip = ip;
        _header = header;
    }

    public IpAddress128 Source => _header == Ipv6Header.Size ? IpAddress128.ReadV6(_ip[8..]) : V4(12);

    public IpAddress128 Destination => _header == Ipv6Header.Size ? IpAddress128.ReadV6(_ip[24..]) : V4(16);

    public IpProtocol Protocol => (IpProtocol)_ip[_header == Ipv6Header.Size ? 6 : 9];

    public ref byte TimeToLive => ref _ip[_header == Ipv6Header.Size ? 7 : 8];

    public Span<byte> Segment => _ip[_header..];

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(Segment);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(Segment[2..]);

    /// <summary>Whose it was when it was sent: <see cref="FlowOf"/>.</summary>
    public ulong Flow => BinaryPrimitives.ReadUInt64BigEndian(_ip[^StampSize..]);

    public long Number => BinaryPrimitives.ReadInt64BigEndian(_ip[^sizeof(long)..]);

    /// <summary>Whether the header's checksum, of IPv4, and the segment's are right.</summary>
    public bool IsRight => (_header == Ipv6Header.Size || Checksum.Compute(_ip[.._header]) == 0) && TransportChecksum() == 0;

    /// <summary>Whether <paramref name="frame"/> is such a packet, cut to its length, and the view of it.</summary>
    public static bool TryRead(Span<byte> frame, out MixedPacket packet)
    {
        packet = default;
        if (frame.Length < EthernetHeader.Size) return false;
        var ip = frame[EthernetHeader.Size..];
        if (Ipv4Header.TryRead(ip, out var four)) packet = new(ip[..four.Packet.Length], Ipv4Header.MinSize);
        else if (Ipv6Header.TryRead(ip, out var six)) packet = new(ip[..six.Packet.Length], Ipv6Header.Size);
        else return false;
        return packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp && packet.Segment.Length >= UdpHeader + StampSize;
    }

    /// <summary>A number for a client and the service that it means.</summary>
    public static ulong FlowOf(IpAddress128 client, ushort port, ushort servicePort) =>
        (client.Upper * 31) ^ client.Lower ^ ((ulong)port << 48) ^ ((ulong)servicePort << 32);

    /// <summary>Writes the stamp, and the checksums after it.</summary>
    public void Stamp(ulong flow, long number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_ip[^StampSize..], flow);
        BinaryPrimitives.WriteInt64BigEndian(_ip[^sizeof(long)..], number);
        Finish();
    }

    /// <summary>Makes it an answer: to where it came from, by as many hops as a host gives.</summary>
    public void TurnRound()
    {
        Span<byte> kept = stackalloc byte[16];
        var size = _header == Ipv6Header.Size ? 16 : 4;
        Swap(_ip.Slice(_header - (2 * size), size), _ip.Slice(_header - size, size), kept);
        Swap(Segment[..2], Segment.Slice(2, 2), kept);
        TimeToLive = 64;
        if (Protocol == IpProtocol.Tcp) Segment[13] = (byte)(((TcpFlags)Segment[13] & TcpFlags.Syn) | TcpFlags.Ack);
        Finish();
    }

    private static void Swap(Span<byte> one, Span<byte> other, Span<byte> kept)
    {
        one.CopyTo(kept);
        other.CopyTo(one);
        kept[..one.Length].CopyTo(other);
    }

    private void Finish()
    {
        var field = Segment[(Protocol == IpProtocol.Tcp ? 16 : 6)..];
        BinaryPrimitives.WriteUInt16BigEndian(field, 0);
        BinaryPrimitives.WriteUInt16BigEndian(field, TransportChecksum());
        if (_header == Ipv6Header.Size) return;
        BinaryPrimitives.WriteUInt16BigEndian(_ip[10..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(_ip[10..], Checksum.Compute(_ip[.._header]));
    }

    /// <summary>What the checksum's field must hold for the rest of the segment; with the right one in place, 0.</summary>
    private ushort TransportChecksum()
    {
        var pseudo = _header == Ipv6Header.Size
            ? Checksum.PseudoHeaderV6(Source, Destination, Protocol, Segment.Length)
            : Checksum.PseudoHeaderV4(Source.V4, Destination.V4, Protocol, Segment.Length);
        return Checksum.Finish(Checksum.Add(Segment, pseudo));
    }

    private IpAddress128 V4(int at) => IpAddress128.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_ip[at..]));
}
