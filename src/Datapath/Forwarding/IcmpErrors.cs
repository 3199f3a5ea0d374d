using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <summary>
/// Turns a client's frame into the ICMP error it has earned, in place, byte for byte as the kernel would send it from the VIP (Linux
/// net/ipv4/icmp.c <c>__icmp_send</c>), but for the identification and for the options of the packet, which are not echoed.
/// <code>
///  0          14                   34                   42
///  | Ethernet | IPv4, VIP → client | type code sum rest | the client's packet, as much as fits 576 bytes
/// </code>
/// </summary>
internal static class IcmpErrors
{
    private const int IcmpSize = 8;
    private const int Added = Ipv4Header.MinSize + IcmpSize;

    /// <summary>The longest ICMP error, so that it passes every link unfragmented (RFC 1812 §4.3.2.3).</summary>
    private const int MaxPacket = 576;

    private const byte TimeToLive = 64;
    private const byte InternetworkControl = 0xc0;
    private const byte KeptServiceBits = 0x1e;

    /// <summary>
    /// Writes the error over the frame. False, and nothing changed, if <paramref name="room"/> has no space for the packet's header
    /// and eight bytes more, the least that an error may quote (RFC 792).
    /// </summary>
    /// <param name="room">The frame and what may be written after it.</param>
    /// <param name="packetLength">Bytes of the IP packet in it, whose header has been checked.</param>
    /// <param name="error">Type and code.</param>
    /// <param name="mtu">For <see cref="IcmpError.FragmentationNeeded"/>; else 0.</param>
    /// <param name="identification">The new packet's identification.</param>
    /// <param name="frameLength">Bytes of the new frame.</param>
    public static bool TryWrite(
        Span<byte> room, int packetLength, IcmpError error, ushort mtu, ushort identification, out int frameLength)
    {
        const int at = EthernetHeader.Size;
        var quoted = Math.Min(Math.Min(packetLength, MaxPacket - Added), room.Length - at - Added);
        frameLength = at + Added + quoted;
        if (quoted < Math.Min(packetLength, ((room[at] & 0xf) * 4) + 8)) return false;

        var destination = MacAddress.Read(room);
        var source = MacAddress.Read(room[MacAddress.Size..]);
        var service = room[at + 1];
        var client = BinaryPrimitives.ReadUInt32BigEndian(room[(at + 12)..]);
        var virtualAddress = BinaryPrimitives.ReadUInt32BigEndian(room[(at + 16)..]);
        room.Slice(at, quoted).CopyTo(room[(at + Added)..]);

        EthernetHeader.Write(room, source, destination, EtherType.Ipv4);
        var ip = room.Slice(at, Ipv4Header.MinSize);
        ip[0] = 0x45;
        ip[1] = (byte)((service & KeptServiceBits) | InternetworkControl);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Added + quoted));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], 0);
        ip[8] = TimeToLive;
        ip[9] = (byte)IpProtocol.Icmp;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], virtualAddress);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], client);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum.Compute(ip));

        var icmp = room.Slice(at + Ipv4Header.MinSize, IcmpSize + quoted);
        BinaryPrimitives.WriteUInt16BigEndian(icmp, (ushort)error);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(icmp[4..], mtu);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], Checksum.Compute(icmp));
        return true;
    }
}
