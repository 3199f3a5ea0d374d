using System.Buffers.Binary;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>A device of the port, or a VLAN on one, as the packet path writes frames for it.</summary>
/// <param name="MacLow">The first two bytes of its MAC, as they lie in memory, shifted to where they stand behind another MAC.</param>
/// <param name="MacHigh">Its last four bytes.</param>
/// <param name="Mtu">Bytes of IP packet that it takes.</param>
/// <param name="Device">The port's device.</param>
/// <param name="Vlan">The VLAN that its frames are tagged with; 0 if they are not.</param>
/// <param name="IsPresent">Whether there is such a link.</param>
internal readonly record struct LinkEntry(ulong MacLow, uint MacHigh, int Mtu, ushort Device, ushort Vlan, bool IsPresent)
{
    /// <summary>No link.</summary>
    public static readonly LinkEntry None;

    /// <summary>What <paramref name="spec"/> says of link <paramref name="number"/>, for the packet path.</summary>
    public static LinkEntry Of(LinkSpec spec, int number)
    {
        Span<byte> mac = stackalloc byte[MacAddress.Size];
        spec.Address.WriteTo(mac);
        return new(
            (ulong)BinaryPrimitives.ReadUInt16LittleEndian(mac) << 48, BinaryPrimitives.ReadUInt32LittleEndian(mac[2..]), spec.Mtu,
            spec.Vlan == 0 ? (ushort)number : spec.Device, spec.Vlan, true);
    }
}
