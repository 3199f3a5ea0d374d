namespace Director.Vrrp;

/// <summary>
/// How fast announcements go out of interfaces that share a pace (keepalived.conf(5), <c>garp_group</c>, <c>vrrp_garp_interval</c>,
/// <c>vrrp_gna_interval</c>).
/// </summary>
/// <param name="Interfaces">The interfaces that share it; empty: every other interface, each by itself.</param>
/// <param name="ArpInterval">Between two gratuitous ARP frames; zero for back to back.</param>
/// <param name="NeighbourInterval">Between two unsolicited neighbour advertisements; zero for back to back.</param>
public sealed record AnnouncementPace(IReadOnlyList<string> Interfaces, TimeSpan ArpInterval, TimeSpan NeighbourInterval);
