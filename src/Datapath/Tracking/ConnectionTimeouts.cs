using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Datapath.Tables;

namespace Director.Datapath.Tracking;

/// <summary>
/// How long a connection stays without a packet, by state (Linux net/netfilter/ipvs/ip_vs_proto_tcp.c <c>tcp_timeouts</c>). The three
/// that <c>ipvsadm --set</c> changes can be set; the others are fixed, as they are in the kernel. Immutable.
/// </summary>
public sealed class ConnectionTimeouts
{
    /// <summary>A power of two that has room for every state.</summary>
    private const int Places = 16;

    private readonly uint[] _ticks = new uint[Places];

    /// <summary>The kernel's defaults but for what is given.</summary>
    /// <param name="established">TCP ESTABLISHED; 900 s by default.</param>
    /// <param name="finWait">TCP FIN_WAIT; 120 s by default.</param>
    /// <param name="udp">UDP; 300 s by default.</param>
    public ConnectionTimeouts(TimeSpan? established = null, TimeSpan? finWait = null, TimeSpan? udp = null)
    {
        Established = established ?? TimeSpan.FromSeconds(900);
        FinWait = finWait ?? TimeSpan.FromSeconds(120);
        Udp = udp ?? TimeSpan.FromSeconds(300);
        for (var state = ConnectionState.None; state <= ConnectionState.Udp; state++) _ticks[(int)state] = Ticks.For(Of(state));
    }

    /// <summary>The kernel's defaults.</summary>
    public static ConnectionTimeouts Default { get; } = new();

    /// <summary>Of TCP connections in ESTABLISHED.</summary>
    public TimeSpan Established { get; }

    /// <summary>Of TCP connections in FIN_WAIT.</summary>
    public TimeSpan FinWait { get; }

    /// <summary>Of UDP flows.</summary>
    public TimeSpan Udp { get; }

    /// <summary>The timeout of a state.</summary>
    public TimeSpan Of(ConnectionState state) => state switch
    {
        ConnectionState.None => TimeSpan.FromSeconds(2),
        ConnectionState.Established => Established,
        ConnectionState.SynReceived or ConnectionState.CloseWait => TimeSpan.FromSeconds(60),
        ConnectionState.FinWait => FinWait,
        ConnectionState.Close => TimeSpan.FromSeconds(10),
        ConnectionState.LastAck => TimeSpan.FromSeconds(30),
        ConnectionState.Udp => Udp,
        _ => TimeSpan.FromSeconds(120),
    };

    /// <summary>Whether every state has the same timeout in both.</summary>
    internal bool Equals(ConnectionTimeouts other) => _ticks.AsSpan().SequenceEqual(other._ticks);

    /// <summary>The same in the tables' ticks.</summary>
    internal uint TicksOf(ConnectionState state) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ticks), (int)state & (Places - 1));
}
