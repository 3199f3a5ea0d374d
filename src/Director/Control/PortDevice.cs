using Director.Net;

namespace Director.Control;

/// <summary>A device of the datapath's port.</summary>
/// <param name="LinkIndex">The kernel's index of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its MAC: the source of what we send.</param>
/// <param name="Mtu">Bytes of IP packet that it takes.</param>
internal sealed record PortDevice(int LinkIndex, string Name, MacAddress Address, int Mtu);
