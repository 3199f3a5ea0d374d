using System.Runtime.CompilerServices;
using Director.Net.Wire;
using static Director.Datapath.Tracking.ConnectionState;

namespace Director.Datapath.Tracking;

/// <summary>
/// What a packet from the client does to a connection whose answers bypass us, as in direct routing: the input-only table of Linux
/// net/netfilter/ipvs/ip_vs_proto_tcp.c (<c>tcp_states</c>). Of several flags the first of RST, SYN, FIN, ACK counts; a segment with
/// none closes. UDP flows walk the same way and stay where they are.
/// </summary>
internal static class TcpTracker
{
    private const int Events = 8;
    private const int Flags = 0x17;

    /// <summary>Rows are states; columns SYN, FIN, ACK, RST, none, and three never used.</summary>
    private static ReadOnlySpan<ConnectionState> InputOnly =>
    [
        SynReceived, Close, Established, Close, Close, None, None, None,            // NONE
        Established, FinWait, Established, Close, Close, None, None, None,          // ESTABLISHED
        Established, SynSent, SynSent, Close, Close, None, None, None,              // SYN_SENT
        SynReceived, TimeWait, Established, SynReceived, Close, None, None, None,   // SYN_RECV
        SynReceived, FinWait, FinWait, Close, Close, None, None, None,              // FIN_WAIT
        SynReceived, TimeWait, TimeWait, Close, Close, None, None, None,            // TIME_WAIT
        SynReceived, Close, Close, Close, Close, None, None, None,                  // CLOSE
        SynReceived, CloseWait, CloseWait, Close, Close, None, None, None,          // CLOSE_WAIT
        SynReceived, LastAck, Close, LastAck, Close, None, None, None,              // LAST_ACK
        SynReceived, Listen, Listen, Close, Close, None, None, None,                // LISTEN
        SynReceived, TimeWait, Established, Close, Close, None, None, None,         // SYNACK
        Udp, Udp, Udp, Udp, Udp, Udp, Udp, Udp,
    ];

    /// <summary>The column of each combination of the low five flag bits (FIN 1, SYN 2, RST 4, PSH 8, ACK 16).</summary>
    private static ReadOnlySpan<byte> EventOf =>
    [
        4, 1, 0, 0, 3, 3, 3, 3, 4, 1, 0, 0, 3, 3, 3, 3,
        2, 1, 0, 0, 3, 3, 3, 3, 2, 1, 0, 0, 3, 3, 3, 3,
    ];

    /// <summary>The state after a packet with <paramref name="flags"/>, none for UDP, from <paramref name="state"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConnectionState Next(ConnectionState state, TcpFlags flags) =>
        InputOnly[((int)state * Events) + EventOf[(int)flags & Flags]];

    /// <summary>Whether connections in <paramref name="state"/> count as active.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsActive(ConnectionState state) =>
        (1 << (int)state & (1 << (int)Established | 1 << (int)SynSent | 1 << (int)SynReceived | 1 << (int)SynAck)) != 0;
}
