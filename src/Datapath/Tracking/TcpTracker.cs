using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Net.Wire;
using static Director.Datapath.Tracking.ConnectionState;

namespace Director.Datapath.Tracking;

/// <summary>
/// What a segment does to its connection (Linux net/netfilter/ipvs/ip_vs_proto_tcp.c). Of several flags the first of RST, SYN, FIN, ACK
/// counts; a segment with none closes. UDP flows walk the same way and stay where they are.
/// </summary>
internal static class TcpTracker
{
    private const int Flags = 0x17;

    /// <summary>The column of each combination of the low five flag bits (FIN 1, SYN 2, RST 4, PSH 8, ACK 16).</summary>
    private static ReadOnlySpan<byte> EventOf =>
    [
        4, 1, 0, 0, 3, 3, 3, 3, 4, 1, 0, 0, 3, 3, 3, 3,
        2, 1, 0, 0, 3, 3, 3, 3, 2, 1, 0, 0, 3, 3, 3, 3,
    ];

    /// <summary>The state after a packet with <paramref name="flags"/>, none for UDP, from <paramref name="state"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConnectionState Next(TcpTable table, ConnectionState state, TcpFlags flags) =>
        Unsafe.Add(
            ref MemoryMarshal.GetReference(TcpStates.Next),
            ((int)table * TcpStates.Cells) + ((int)state * TcpStates.Columns) + EventOf[(int)flags & Flags]);

    /// <summary>Whether connections in <paramref name="state"/> count as active.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsActive(ConnectionState state) =>
        (1 << (int)state & (1 << (int)Established | 1 << (int)SynSent | 1 << (int)SynReceived | 1 << (int)SynAck)) != 0;
}
