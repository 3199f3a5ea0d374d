using System.Buffers.Binary;
using Director.Net;

namespace Director.Vrrp.Wire;

/// <summary>
/// The frame that tells a LAN where an IPv6 address has moved (RFC 4861 §4.4 and §7.2.6, RFC 9568 §6.4.2), as keepalived sends it: an
/// unsolicited neighbour advertisement from the address itself to all nodes, which overrides what they know.
/// <code>
///  0            6          12     14                     54                                                    78         80         86
///  | 33:33:::01 | our MAC  | 86dd | IPv6, hop limit 255  | 88 00 checksum | R 0 O flags | address             | 02 01    | our MAC  |
/// </code>
/// </summary>
public static class NeighbourAdvertisement
{
    /// <summary>Bytes of the frame.</summary>
    public const int Size = 86;

    private const int MessageAt = 54;
    private const int MessageSize = Size - MessageAt;
    private const uint IsRouterFlag = 0x8000_0000;
    private const uint OverrideFlag = 0x2000_0000;

    private static readonly IpAddress128 AllNodes = IpAddress128.FromHalves(0xff02_0000_0000_0000, 1);

    /// <summary>
    /// Writes the frame for an IPv6 <paramref name="address"/> into <paramref name="destination"/>, which must have <see cref="Size"/>
    /// bytes.
    /// </summary>
    /// <param name="destination">Where to.</param>
    /// <param name="sender">The Ethernet address of the interface.</param>
    /// <param name="address">The address.</param>
    /// <param name="isRouter">Whether this host forwards on the interface (<c>net.ipv6.conf.IF.forwarding</c>).</param>
    public static void Write(Span<byte> destination, MacAddress sender, IpAddress128 address, bool isRouter)
    {
        ReadOnlySpan<byte> allNodes = [0x33, 0x33, 0, 0, 0, 1];
        allNodes.CopyTo(destination);
        sender.WriteTo(destination[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], 0x86dd);
        BinaryPrimitives.WriteUInt64BigEndian(destination[14..], 0x6000_0000_0000_00ff | ((ulong)MessageSize << 16)
            | ((ulong)IpProtocol.IcmpV6 << 8));
        address.WriteMappedTo(destination[22..]);
        AllNodes.WriteMappedTo(destination[38..]);
        var message = destination.Slice(MessageAt, MessageSize);
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x8800_0000);
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], OverrideFlag | (isRouter ? IsRouterFlag : 0));
        address.WriteMappedTo(message[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[24..], 0x0201);
        sender.WriteTo(message[26..]);
        var sum = Checksum.PseudoHeaderV6(address, AllNodes, IpProtocol.IcmpV6, MessageSize);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Checksum.Finish(Checksum.Add(message, sum)));
    }
}
