using System.Buffers.Binary;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Abi;

/// <summary>
/// Mirror of Linux include/uapi/linux/{in,in6}.h, as far as UDP sockets use it (ip(7), ipv6(7)): options, and addresses as bytes.
/// </summary>
internal static class InternetAbi
{
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_IPV6 = 41;

    public const int IP_TOS = 1;
    public const int IP_TTL = 2;
    public const int IP_PKTINFO = 8;
    public const int IP_RECVTTL = 12;

    public const int IPV6_UNICAST_HOPS = 16;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_PKTINFO = 50;
    public const int IPV6_RECVHOPLIMIT = 51;
    public const int IPV6_HOPLIMIT = 52;
    public const int IPV6_TCLASS = 67;

    /// <summary>Offset of the destination in struct in_pktinfo.</summary>
    public const int PacketInfoDestination = 8;

    /// <summary>Bytes of struct sockaddr_in6, the longer of the two.</summary>
    public const int SocketAddressSize = 28;

    private const int SocketAddressSizeV4 = 16;

    /// <summary>
    /// Writes struct sockaddr_in or sockaddr_in6; returns its length. The room must have <see cref="SocketAddressSize"/> bytes.
    /// </summary>
    public static int WriteSocketAddress(Span<byte> room, IpAddress128 address, ushort port)
    {
        room.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)(address.IsV4 ? LibC.AF_INET : LibC.AF_INET6));
        BinaryPrimitives.WriteUInt16BigEndian(room[2..], port);
        address.WriteTo(room[(address.IsV4 ? 4 : 8)..]);
        return address.IsV4 ? SocketAddressSizeV4 : SocketAddressSize;
    }

    /// <summary>The address of a struct sockaddr_in or sockaddr_in6.</summary>
    public static IpAddress128 ReadSocketAddress(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes) == LibC.AF_INET
            ? IpAddress128.ReadV4(bytes[4..])
            : IpAddress128.ReadV6(bytes[8..]);
}
