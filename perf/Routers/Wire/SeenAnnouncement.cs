using System.Net;

namespace Director.Perf.Routers.Wire;

/// <summary>A gratuitous ARP request (RFC 5227 §3) or an unsolicited neighbour advertisement (RFC 4861 §7.2.6).</summary>
/// <param name="At">When the kernel took the frame from the sender.</param>
/// <param name="From">The machine behind the port of the switch.</param>
/// <param name="SourceMac">Who the frame says it is from.</param>
/// <param name="AnnouncedMac">The hardware address that it tells.</param>
/// <param name="Address">The address that it tells it of.</param>
/// <param name="Flags">R, S and O of the neighbour advertisement, its first byte; 0 of ARP.</param>
internal sealed record SeenAnnouncement(
    DateTime At, string From, string SourceMac, string AnnouncedMac, IPAddress Address, int Flags);
