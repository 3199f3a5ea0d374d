using System.Buffers.Binary;

namespace Director.Net.Wire;

/// <summary>
/// A view of an IPv4 header and its packet (RFC 791 §3.1).
/// <code>
///  0       1       2               4               6        8   9   10        12      16
///  |ver|ihl| tos   | total length  | identification| fl|off |ttl|pro| checksum| source | destination | options…
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws, and the packet is exactly <see cref="TotalLength"/> bytes:
/// the link's padding is cut off.
/// </summary>
public readonly ref struct Ipv4Header
{
    /// <summary>Bytes of a header without options.</summary>
    public const int MinSize = 20;

    private readonly ReadOnlySpan<byte> _packet;

    private Ipv4Header(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>Bytes of the header with options, 20–60.</summary>
    public int HeaderLength => (_packet[0] & 0xf) * 4;

    /// <summary>Bytes of the packet, header included.</summary>
    public int TotalLength => _packet.Length;

    /// <summary>Type of service: DSCP and ECN (RFC 2474).</summary>
    public byte TypeOfService => _packet[1];

    /// <summary>Identification of the datagram, for its fragments.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_packet[4..]);

    /// <summary>Whether "don't fragment" is set.</summary>
    public bool DontFragment => (_packet[6] & 0x40) != 0;

    /// <summary>Whether more fragments follow.</summary>
    public bool MoreFragments => (_packet[6] & 0x20) != 0;

    /// <summary>Offset of this fragment in bytes.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_packet[6..]) & 0x1fff) * 8;

    /// <summary>Whether this is a piece of a larger datagram, the first one included.</summary>
    public bool IsFragment => (BinaryPrimitives.ReadUInt16BigEndian(_packet[6..]) & 0x3fff) != 0;

    /// <summary>Time to live, in hops.</summary>
    public byte TimeToLive => _packet[8];

    /// <summary>What the payload is.</summary>
    public IpProtocol Protocol => (IpProtocol)_packet[9];

    /// <summary>The header checksum field.</summary>
    public ushort HeaderChecksum => BinaryPrimitives.ReadUInt16BigEndian(_packet[10..]);

    /// <summary>Whether the header checksum is right.</summary>
    public bool IsChecksumValid => Checksum.Compute(_packet[..HeaderLength]) == 0;

    /// <summary>Who sent it.</summary>
    public IpAddress128 Source => IpAddress128.ReadV4(_packet[12..]);

    /// <summary>To whom.</summary>
    public IpAddress128 Destination => IpAddress128.ReadV4(_packet[16..]);

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Packet => _packet;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _packet[HeaderLength..];

    /// <summary>
    /// Whether <paramref name="data"/> starts with an IPv4 header of sane version, header length and total length that lies wholly
    /// inside, and the view of it. The checksum is not looked at: see <see cref="IsChecksumValid"/>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out Ipv4Header header)
    {
        header = default;
        if (data.Length < MinSize || data[0] >> 4 != 4) return false;
        var headerLength = (data[0] & 0xf) * 4;
        var totalLength = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        if (headerLength < MinSize || totalLength < headerLength || totalLength > data.Length) return false;
        header = new(data[..totalLength]);
        return true;
    }
}
