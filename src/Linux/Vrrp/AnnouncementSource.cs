using Director.Net;

namespace Director.Linux.Vrrp;

/// <summary>What announcements out of an interface are sent with.</summary>
/// <param name="LinkIndex">The interface; 0 while it is missing.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mac">Its Ethernet address.</param>
/// <param name="HasNeighbours">Whether addresses are resolved on it: not on one without ARP, nor on the loopback.</param>
/// <param name="IsRouter">Whether this host forwards IPv6 on it.</param>
internal readonly record struct AnnouncementSource(int LinkIndex, string Name, MacAddress Mac, bool HasNeighbours, bool IsRouter);
