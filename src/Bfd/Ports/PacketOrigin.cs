using Director.Net;

namespace Director.Bfd.Ports;

/// <summary>How a packet came.</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Destination">The address of ours that it was sent to.</param>
/// <param name="HopLimit">Its hop limit (TTL) on arrival; 0 if that is not known.</param>
/// <param name="IsMultihop">Whether it came to the port of sessions through routers.</param>
public readonly record struct PacketOrigin(IpAddress128 Source, IpAddress128 Destination, byte HopLimit, bool IsMultihop);
