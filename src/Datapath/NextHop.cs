using Director.Net;

namespace Director.Datapath;

/// <summary>How to reach a real server on its link: the device and the two MAC addresses of the frame.</summary>
/// <param name="Egress">The port's device to send by, as in <see cref="Ports.FrameSlot.Egress"/>.</param>
/// <param name="Destination">MAC of the server (its neighbour entry).</param>
/// <param name="Source">MAC of the egress device.</param>
/// <param name="Mtu">Bytes of IP packet that the device takes.</param>
public readonly record struct NextHop(ushort Egress, MacAddress Destination, MacAddress Source, int Mtu)
{
    /// <summary>The VLAN's id that frames are tagged with, 1 to 4094; 0 if they are not.</summary>
    public ushort Vlan { get; init; }

    /// <summary>This host's own address on the way, where tunnels begin; default if it is not known.</summary>
    public IpAddress128 Address { get; init; }
}
