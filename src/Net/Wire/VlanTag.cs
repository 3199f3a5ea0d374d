using System.Buffers.Binary;

namespace Director.Net.Wire;

/// <summary>
/// The 802.1Q tag (IEEE 802.1Q §9), which stands between the addresses of a frame and the type of what it carries.
/// <code>
///  0             6        12       14                        16      18
///  | destination | source | 0x8100 | priority (4) | id (12)  | type  | payload …
/// </code>
/// </summary>
public static class VlanTag
{
    /// <summary>Bytes of a tag.</summary>
    public const int Size = 4;

    /// <summary>Bytes in front of the payload of a tagged frame.</summary>
    public const int TaggedHeaderSize = EthernetHeader.Size + Size;

    /// <summary>The bits of the tag that are the VLAN's id; id 0 says that the frame is of none, and has a priority only.</summary>
    public const ushort IdMask = 0xfff;

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

    /// <summary>Writes the tag of VLAN <paramref name="id"/>, of priority 0, into a frame with room for it behind its addresses.</summary>
    public static void Write(Span<byte> frame, ushort id)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame[Addresses..], (ushort)EtherType.Vlan);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(Addresses + 2)..], id);
    }

    /// <summary>The VLAN's id of a frame that is tagged and whole.</summary>
    public static ushort IdOf(ReadOnlySpan<byte> frame) =>
        (ushort)(BinaryPrimitives.ReadUInt16BigEndian(frame[(Addresses + 2)..]) & IdMask);

    /// <summary>Bytes in front of the packet of a frame: those of the Ethernet header, and of a tag if it has one.</summary>
    public static int LinkHeaderLength(ReadOnlySpan<byte> frame) =>
        frame.Length > EthernetHeader.Size && BinaryPrimitives.ReadUInt16BigEndian(frame[Addresses..]) == (ushort)EtherType.Vlan
            ? TaggedHeaderSize
            : EthernetHeader.Size;
}
