using Director.Net;

namespace Director.Datapath;

/// <summary>A device of the port, or a VLAN on one, as what leaves by it must look.</summary>
/// <param name="Address">Its MAC.</param>
/// <param name="Mtu">Bytes of IP packet that it takes.</param>
public readonly record struct LinkSpec(MacAddress Address, int Mtu)
{
    /// <summary>The VLAN's id, 1 to 4094; 0 is the device itself, whose frames are untagged.</summary>
    public ushort Vlan { get; init; }

    /// <summary>Of a VLAN, the port's device that it is on.</summary>
    public ushort Device { get; init; }
}
