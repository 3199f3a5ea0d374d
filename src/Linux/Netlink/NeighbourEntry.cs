using Director.Net;

namespace Director.Linux.Netlink;

/// <summary>A neighbour on a link: an entry of the ARP or neighbour discovery table (rtnetlink(7), RTM_NEWNEIGH).</summary>
/// <param name="LinkIndex">The link it is reached by.</param>
/// <param name="Address">Its IP address.</param>
/// <param name="LinkAddress">Its Ethernet address; null while unknown.</param>
/// <param name="State">How sure the kernel is.</param>
public readonly record struct NeighbourEntry(int LinkIndex, IpAddress128 Address, MacAddress? LinkAddress, NeighbourState State)
{
    private const NeighbourState Valid = NeighbourState.Reachable | NeighbourState.Stale | NeighbourState.Delay | NeighbourState.Probe |
        NeighbourState.NoArp | NeighbourState.Permanent;

    /// <summary>Whether frames can be sent to <see cref="LinkAddress"/> now, as the kernel itself would (<c>NUD_VALID</c>).</summary>
    public bool IsUsable => (State & Valid) != 0 && LinkAddress is not null;
}
