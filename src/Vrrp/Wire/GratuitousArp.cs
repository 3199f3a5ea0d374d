using System.Buffers.Binary;
using Director.Net;

namespace Director.Vrrp.Wire;

/// <summary>
/// The frame that tells a LAN where an IPv4 address has moved (RFC 5227 §3, RFC 9568 §6.4.2), as keepalived and FRR send it: an ARP
/// request for the address itself, by broadcast, with ff:ff:ff:ff:ff:ff as target hardware address.
/// <code>
///  0            6          12     14     16     18  19  20     22           28         32           38         42
///  | broadcast  | our MAC  | 0806 | 0001 | 0800 | 6 | 4 | 0001 | our MAC    | address  | broadcast  | address  |
/// </code>
/// </summary>
public static class GratuitousArp
{
    /// <summary>Bytes of the frame, without padding.</summary>
    public const int Size = 42;

    /// <summary>
    /// Writes the frame for an IPv4 <paramref name="address"/> into <paramref name="destination"/>, which must have <see cref="Size"/>
    /// bytes.
    /// </summary>
    public static void Write(Span<byte> destination, MacAddress sender, IpAddress128 address)
    {
        MacAddress.Broadcast.WriteTo(destination);
        sender.WriteTo(destination[6..]);
        BinaryPrimitives.WriteUInt64BigEndian(destination[12..], 0x0806_0001_0800_0604);
        BinaryPrimitives.WriteUInt16BigEndian(destination[20..], 1);
        sender.WriteTo(destination[22..]);
        address.WriteTo(destination[28..]);
        MacAddress.Broadcast.WriteTo(destination[32..]);
        address.WriteTo(destination[38..]);
    }
}
