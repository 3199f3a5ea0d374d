namespace Director.Config;

/// <summary><c>lvs_timeouts</c>: how long connections stay without a packet, each 1–2678400 s; null is what was not set.</summary>
/// <param name="Tcp"><c>tcp</c>: TCP in ESTABLISHED.</param>
/// <param name="TcpFin"><c>tcpfin</c>: TCP in FIN_WAIT.</param>
/// <param name="Udp"><c>udp</c>: UDP.</param>
public sealed record LvsTimeoutsConfig(TimeSpan? Tcp = null, TimeSpan? TcpFin = null, TimeSpan? Udp = null)
{
    /// <summary>Nothing set.</summary>
    public static LvsTimeoutsConfig None { get; } = new();

    /// <summary>These, and of <paramref name="other"/> what is not set here.</summary>
    public LvsTimeoutsConfig Over(LvsTimeoutsConfig other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Tcp ?? other.Tcp, TcpFin ?? other.TcpFin, Udp ?? other.Udp);
    }
}
