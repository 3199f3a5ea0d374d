using System.Net;

namespace Director.Perf.Routers.Wire;

/// <summary>
/// A machine's joining a multicast group (IGMPv3, RFC 3376 §4.2; MLDv2, RFC 3810 §5.2): its router opens its sockets now.
/// </summary>
/// <param name="At">When the kernel took the frame from the sender.</param>
/// <param name="From">The machine behind the port of the switch.</param>
/// <param name="Group">The group that it now listens to.</param>
internal sealed record SeenJoin(DateTime At, string From, IPAddress Group);
