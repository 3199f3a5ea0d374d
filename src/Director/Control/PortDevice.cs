using Director.Net;

namespace Director.Control;

/// <summary>A device of the datapath's port, or a VLAN that comes and goes by one.</summary>
/// <param name="LinkIndex">The kernel's index of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its MAC: the source of what we send.</param>
/// <param name="Mtu">Bytes of IP packet that it takes.</param>
internal sealed record PortDevice(int LinkIndex, string Name, MacAddress Address, int Mtu)
{
    /// <summary>The VLAN's id if its frames come and go, tagged, by <see cref="Carrier"/>; 0 of a device of the port's.</summary>
    public ushort Vlan { get; init; }

    /// <summary>Of a VLAN the number of the device that carries it.</summary>
    public ushort Carrier { get; init; }

    /// <summary>What needs it, as file:line; null if nobody asks.</summary>
    public string? NeededBy { get; init; }
}
