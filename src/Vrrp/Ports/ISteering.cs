using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>
/// Which virtual addresses' packets are taken from the interface for the datapath. Armed before an address is added and disarmed after
/// it is removed, so that the host never answers for it in between. One thread.
/// </summary>
public interface ISteering
{
    /// <summary>Packets to <paramref name="address"/> go to the datapath from now on; false if that was refused.</summary>
    bool Arm(IpAddress128 address);

    /// <summary>Packets to <paramref name="address"/> are the host's from now on; false if that was refused.</summary>
    bool Disarm(IpAddress128 address);
}
