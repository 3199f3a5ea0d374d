using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>
/// The interfaces that virtual routers live on: their multicast, their addresses, their state. An interface is named by the number that
/// <see cref="Open"/> gave it, which stays valid while the interface itself comes and goes. One thread. Nothing here throws for what a
/// kernel or a peer may do at run time: failures are returned, and the link keeps its own account of them.
/// </summary>
public interface IVrrpLink : IAnnouncementSender
{
    /// <summary>
    /// Starts watching an interface; the same name gives the same number. It need not exist yet. Its state comes by
    /// <see cref="TryReadEvent"/>.
    /// </summary>
    int Open(string interfaceName);

    /// <summary>
    /// Listens for exactly these routers' adverts from now on, also on interfaces that come later.
    /// </summary>
    void Listen(IReadOnlyList<AdvertSubscription> subscriptions);

    /// <summary>
    /// Like <see cref="Open"/>, of an interface for a virtual MAC address that is made on <paramref name="parent"/>, and made again when
    /// one of the two is lost and can be. The same settings give the same interface.
    /// </summary>
    int OpenVmac(string parent, VmacSettings settings, bool isV4) => Open(settings.Name);

    /// <summary>Removes what <see cref="OpenVmac"/> made, and restores what its parent was.</summary>
    void CloseVmac(int link)
    {
    }

    /// <summary>
    /// Whether an interface that <see cref="OpenVmac"/> made tells switches which groups its host is a member of, as a master's must to be
    /// found over IPv6, and a backup's must not: they learn from it where the virtual MAC address is. It does not at first.
    /// </summary>
    void ReportMemberships(int link, bool reports)
    {
    }

    /// <summary>
    /// Whether the host reports the groups of 224.0.0.0/24 that it is a member of; what was before is restored in the end.
    /// </summary>
    void ReportLinkLocalGroups(bool reports)
    {
    }

    /// <summary>
    /// Has the host drop what is for exactly these addresses, of those that routers on an interface have, but for neighbour discovery.
    /// </summary>
    void DropFor(int link, IReadOnlyCollection<IpAddress128> addresses)
    {
    }

    /// <summary>
    /// Whether the secondary addresses of an interface outlive their primary one; what was before is restored when all that asked for it
    /// have said no.
    /// </summary>
    void PromoteSecondaries(int link, bool promotes)
    {
    }

    /// <summary>The addresses that are virtual, and so are no interface's own source address. Replaces those told before.</summary>
    void SetVirtualAddresses(IReadOnlySet<IpAddress128> addresses);

    /// <summary>What is known of an interface now, after all events read so far.</summary>
    LinkStatus StatusOf(int link);

    /// <summary>
    /// Removes every virtual address that a predecessor left on the interfaces opened: marked as ours, or configured as virtual; likewise
    /// routes and rules. Returns the addresses that were removed.
    /// </summary>
    IReadOnlyList<IpAddress128> RemoveLeftovers();

    /// <summary>Sleeps until <paramref name="deadline"/>, a datagram, an event, or something else that the process waits for.</summary>
    void Wait(MonoTime deadline);

    /// <summary>The next change of an interface, if there is one.</summary>
    bool TryReadEvent(out LinkEvent changed);

    /// <summary>Fills <paramref name="datagrams"/> from the sockets; returns whether they are empty now.</summary>
    bool Receive(ReceivedDatagrams datagrams);

    /// <summary>
    /// Sends a complete IPv4 or IPv6 datagram out of an interface, to the group or the address that its header names; false if the kernel
    /// did not take it.
    /// </summary>
    bool Send(int link, IpAddress128 destination, ReadOnlySpan<byte> datagram);

    /// <summary>
    /// How many datagrams of a subscribed router have been thrown away since the last call, before they could be received, because their
    /// TTL was not 255. A few are received all the same.
    /// </summary>
    long TakeRouted(in AdvertSubscription subscription);

    /// <summary>The same of routers that nobody subscribes to, on all interfaces.</summary>
    long TakeUnknown();

    /// <summary>
    /// The Ethernet address that the last datagram of a subscribed router came from, if <paramref name="source"/> sent it; null if that is
    /// not known.
    /// </summary>
    MacAddress? SenderOf(in AdvertSubscription subscription, IpAddress128 source);

    /// <summary>Adds a virtual address; true if the interface has it afterwards.</summary>
    bool AddAddress(int link, VirtualAddress address);

    /// <summary>
    /// Adds an address that is no virtual one; true if the interface has it afterwards. Its loss is told as that of the others.
    /// </summary>
    bool AddStaticAddress(int link, VirtualAddress address) => AddAddress(link, address);

    /// <summary>Removes a virtual address; true if the interface has it no more.</summary>
    bool RemoveAddress(int link, VirtualAddress address);

    /// <summary>Whether an interface has an address at this moment.</summary>
    bool HasAddress(int link, IpAddress128 address);

    /// <summary>The routes and rules that are virtual. Replaces those told before; once there are any, their loss is told.</summary>
    void SetVirtualPaths(IReadOnlyList<VirtualRoute> routes, IReadOnlyList<VirtualRule> rules)
    {
    }

    /// <summary>Adds a route; true if its table has it afterwards.</summary>
    bool AddRoute(VirtualRoute route) => false;

    /// <summary>Removes a route; true if its table has it no more.</summary>
    bool RemoveRoute(VirtualRoute route) => false;

    /// <summary>Whether its table has a route at this moment.</summary>
    bool HasRoute(VirtualRoute route) => false;

    /// <summary>Adds a rule; true if the kernel has it afterwards.</summary>
    bool AddRule(VirtualRule rule) => false;

    /// <summary>Removes a rule; true if the kernel has it no more.</summary>
    bool RemoveRule(VirtualRule rule) => false;

    /// <summary>Whether the kernel has a rule at this moment.</summary>
    bool HasRule(VirtualRule rule) => false;

    /// <summary>
    /// What sends announcements on a thread of the link's own; null if it has none, and they are sent by <see
    /// cref="IAnnouncementSender.Announce"/> in the routers' turns.
    /// </summary>
    Announcer? Announcer => null;

    /// <summary>Has what was asked of <see cref="Announcer"/> seen to now.</summary>
    void WakeAnnouncer()
    {
    }
}
