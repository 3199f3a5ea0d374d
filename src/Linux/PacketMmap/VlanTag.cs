using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;

namespace Director.Linux.PacketMmap;

/// <summary>
/// The 802.1Q tag, which the stack takes out of a frame and keeps beside it (Linux net/core/skbuff.c, <c>skb_vlan_untag</c>), and which
/// stands in the frame on the wire and for the forwarder.
/// <code>
///  0             6        12     14      16
///  | destination | source | type | tag   | type of the payload …
/// </code>
/// </summary>
internal static class VlanTag
{
    /// <summary>Bytes of a tag.</summary>
    public const int Size = 4;

    private const int Addresses = 2 * MacAddress.Size;

    /// <summary>
    /// Puts a tag back. <paramref name="room"/> is the frame with <see cref="Size"/> bytes in front of it, which become its start.
    /// </summary>
    /// <param name="room">What the tagged frame will fill.</param>
    /// <param name="type">The tag's own type, such as 0x8100.</param>
    /// <param name="tag">Priority and VLAN number.</param>
    public static void Restore(Span<byte> room, ushort type, ushort tag)
    {
        room.Slice(Size, Addresses).CopyTo(room);
        BinaryPrimitives.WriteUInt16BigEndian(room[Addresses..], type);
        BinaryPrimitives.WriteUInt16BigEndian(room[(Addresses + 2)..], tag);
    }

    /// <summary>Bytes in front of the packet of a frame: those of the Ethernet header, and of a tag if it has one.</summary>
    public static int LinkHeaderLength(ReadOnlySpan<byte> frame) =>
        frame.Length > EthernetHeader.Size && BinaryPrimitives.ReadUInt16BigEndian(frame[Addresses..]) == (ushort)EtherType.Vlan
            ? EthernetHeader.Size + Size
            : EthernetHeader.Size;
}
