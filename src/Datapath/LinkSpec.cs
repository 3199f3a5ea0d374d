using Director.Net;

namespace Director.Datapath;

/// <summary>A device of the port, as what leaves by it must look.</summary>
/// <param name="Address">Its MAC.</param>
/// <param name="Mtu">Bytes of IP packet that it takes.</param>
public readonly record struct LinkSpec(MacAddress Address, int Mtu);
