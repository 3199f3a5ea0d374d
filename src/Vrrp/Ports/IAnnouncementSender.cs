using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>Puts announcements on the wire.</summary>
public interface IAnnouncementSender
{
    /// <summary>
    /// Sends one gratuitous ARP or, of IPv6, one unsolicited neighbour advertisement for an address; false if the kernel did not take it.
    /// </summary>
    bool Announce(int link, IpAddress128 address);
}
