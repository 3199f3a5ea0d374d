using System.Buffers.Binary;

namespace Director.Net.Wire;

/// <summary>
/// A view of an IPv6 header and its packet (RFC 8200 §3).
/// <code>
///  0                       4               6        7           8         24            40
///  |ver| class | flow label| payload length| next   | hop limit | source  | destination | extension headers, payload…
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws, and the packet ends where the payload does: the link's padding is
/// cut off.
/// </summary>
public readonly ref struct Ipv6Header
{
    /// <summary>Bytes of the header, extension headers not among them.</summary>
    public const int Size = 40;

    private readonly ReadOnlySpan<byte> _packet;

    private Ipv6Header(ReadOnlySpan<byte> packet) => _packet = packet;

    /// <summary>Traffic class: DSCP and ECN (RFC 2474).</summary>
    public byte TrafficClass => (byte)(BinaryPrimitives.ReadUInt16BigEndian(_packet) >> 4);

    /// <summary>What follows the header: an extension header or the payload's protocol.</summary>
    public IpProtocol NextHeader => (IpProtocol)_packet[6];

    /// <summary>Hops that the packet may still take.</summary>
    public byte HopLimit => _packet[7];

    /// <summary>Who sent it.</summary>
    public IpAddress128 Source => IpAddress128.ReadV6(_packet[8..]);

    /// <summary>To whom.</summary>
    public IpAddress128 Destination => IpAddress128.ReadV6(_packet[24..]);

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Packet => _packet;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _packet[Size..];

    /// <summary>Whether <paramref name="data"/> starts with an IPv6 header whose payload lies wholly inside, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out Ipv6Header header)
    {
        header = default;
        if (data.Length < Size || data[0] >> 4 != 6) return false;
        var length = Size + BinaryPrimitives.ReadUInt16BigEndian(data[4..]);
        if (length > data.Length) return false;
        header = new(data[..length]);
        return true;
    }
}
