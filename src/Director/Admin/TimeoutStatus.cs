using Director.Datapath.Tracking;

namespace Director.Admin;

/// <summary>How long connections without a packet are remembered, in the three groups of <c>ipvsadm --set</c>.</summary>
/// <param name="TcpSeconds">TCP in ESTABLISHED.</param>
/// <param name="TcpFinSeconds">TCP in FIN_WAIT.</param>
/// <param name="UdpSeconds">UDP.</param>
internal sealed record TimeoutStatus(double TcpSeconds, double TcpFinSeconds, double UdpSeconds)
{
    /// <summary>The same in the reader's words.</summary>
    public static TimeoutStatus Of(ConnectionTimeouts timeouts) =>
        new(timeouts.Established.TotalSeconds, timeouts.FinWait.TotalSeconds, timeouts.Udp.TotalSeconds);
}
