using Director.Net;

namespace Director.Control;

/// <summary>How the host routes to a real server.</summary>
/// <param name="LinkIndex">By which link.</param>
/// <param name="Neighbour">Whose MAC: the server's own, or a gateway's.</param>
/// <param name="Mtu">Bytes of IP packet on the way, or 0 for the link's own.</param>
internal readonly record struct ServerRoute(int LinkIndex, IpAddress128 Neighbour, int Mtu)
{
    /// <summary>The host's own address on the way, where a tunnel begins; default if the kernel names none.</summary>
    public IpAddress128 Source { get; init; }
}
