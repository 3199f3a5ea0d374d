using static Director.Datapath.Tracking.ConnectionState;

namespace Director.Datapath.Tracking;

/// <summary>
/// The kernel's state tables, <c>tcp_states</c> and <c>tcp_states_dos</c> of Linux net/netfilter/ipvs/ip_vs_proto_tcp.c, in the order of
/// <see cref="TcpTable"/>. Rows are states, the last of them UDP's; columns SYN, FIN, ACK, RST, none of these, and three never used.
/// </summary>
internal static class TcpStates
{
    // The tables are matrices of two letters a cell, as in the kernel's source.
    private const ConnectionState NO = None, ES = Established, SS = SynSent, SR = SynReceived, FW = FinWait, TW = TimeWait, CL = Close;
    private const ConnectionState CW = CloseWait, LA = LastAck, LI = Listen, SA = SynAck, UD = Udp;

    /// <summary>Columns of a row.</summary>
    public const int Columns = 8;

    /// <summary>Cells of a table.</summary>
    public const int Cells = 12 * Columns;

    /// <summary>All cells: table, row, column.</summary>
    public static ReadOnlySpan<ConnectionState> Next =>
    [
        // Input
        SR, CL, ES, CL, CL, NO, NO, NO,  // NONE
        ES, CW, ES, CL, CL, NO, NO, NO,  // ESTABLISHED
        ES, SS, SS, CL, CL, NO, NO, NO,  // SYN_SENT
        SR, TW, ES, SR, CL, NO, NO, NO,  // SYN_RECV
        SR, TW, FW, CL, CL, NO, NO, NO,  // FIN_WAIT
        SR, TW, TW, CL, CL, NO, NO, NO,  // TIME_WAIT
        SR, CL, CL, CL, CL, NO, NO, NO,  // CLOSE
        SR, CW, CW, CL, CL, NO, NO, NO,  // CLOSE_WAIT
        SR, LA, CL, LA, CL, NO, NO, NO,  // LAST_ACK
        SR, LI, LI, LI, CL, NO, NO, NO,  // LISTEN
        SR, TW, ES, SR, CL, NO, NO, NO,  // SYNACK
        UD, UD, UD, UD, UD, UD, UD, UD,

        // Output
        SS, TW, ES, CL, CL, NO, NO, NO,  // NONE
        ES, FW, ES, CL, CL, NO, NO, NO,  // ESTABLISHED
        SS, SS, SS, SS, CL, NO, NO, NO,  // SYN_SENT
        SR, TW, ES, CL, CL, NO, NO, NO,  // SYN_RECV
        SS, FW, FW, CL, CL, NO, NO, NO,  // FIN_WAIT
        SS, TW, TW, TW, CL, NO, NO, NO,  // TIME_WAIT
        SS, CL, CL, CL, CL, NO, NO, NO,  // CLOSE
        SS, TW, CW, CL, CL, NO, NO, NO,  // CLOSE_WAIT
        SS, LA, LA, CL, CL, NO, NO, NO,  // LAST_ACK
        LI, LI, ES, CL, CL, NO, NO, NO,  // LISTEN
        SR, TW, ES, CL, CL, NO, NO, NO,  // SYNACK
        UD, UD, UD, UD, UD, UD, UD, UD,

        // InputOnly
        SR, CL, ES, CL, CL, NO, NO, NO,  // NONE
        ES, FW, ES, CL, CL, NO, NO, NO,  // ESTABLISHED
        ES, SS, SS, CL, CL, NO, NO, NO,  // SYN_SENT
        SR, TW, ES, SR, CL, NO, NO, NO,  // SYN_RECV
        SR, FW, FW, CL, CL, NO, NO, NO,  // FIN_WAIT
        SR, TW, TW, CL, CL, NO, NO, NO,  // TIME_WAIT
        SR, CL, CL, CL, CL, NO, NO, NO,  // CLOSE
        SR, CW, CW, CL, CL, NO, NO, NO,  // CLOSE_WAIT
        SR, LA, CL, LA, CL, NO, NO, NO,  // LAST_ACK
        SR, LI, LI, CL, CL, NO, NO, NO,  // LISTEN
        SR, TW, ES, CL, CL, NO, NO, NO,  // SYNACK
        UD, UD, UD, UD, UD, UD, UD, UD,

        // SecureInput
        SR, CL, ES, CL, CL, NO, NO, NO,  // NONE
        ES, CW, ES, CL, CL, NO, NO, NO,  // ESTABLISHED
        ES, SS, SS, CL, CL, NO, NO, NO,  // SYN_SENT
        SR, TW, SR, SR, CL, NO, NO, NO,  // SYN_RECV
        SR, TW, FW, CL, CL, NO, NO, NO,  // FIN_WAIT
        SR, TW, TW, CL, CL, NO, NO, NO,  // TIME_WAIT
        SR, CL, CL, CL, CL, NO, NO, NO,  // CLOSE
        SR, CW, CW, CL, CL, NO, NO, NO,  // CLOSE_WAIT
        SR, LA, CL, LA, CL, NO, NO, NO,  // LAST_ACK
        SR, LI, LI, LI, CL, NO, NO, NO,  // LISTEN
        SA, SA, SA, CL, CL, NO, NO, NO,  // SYNACK
        UD, UD, UD, UD, UD, UD, UD, UD,

        // SecureOutput
        SS, TW, ES, CL, CL, NO, NO, NO,  // NONE
        ES, FW, ES, CL, CL, NO, NO, NO,  // ESTABLISHED
        SS, SS, SS, SS, CL, NO, NO, NO,  // SYN_SENT
        SA, TW, ES, CL, CL, NO, NO, NO,  // SYN_RECV
        SS, FW, FW, CL, CL, NO, NO, NO,  // FIN_WAIT
        SS, TW, TW, TW, CL, NO, NO, NO,  // TIME_WAIT
        SS, CL, CL, CL, CL, NO, NO, NO,  // CLOSE
        SS, TW, CW, CL, CL, NO, NO, NO,  // CLOSE_WAIT
        SS, LA, LA, CL, CL, NO, NO, NO,  // LAST_ACK
        LI, LI, ES, CL, CL, NO, NO, NO,  // LISTEN
        SA, TW, ES, CL, CL, NO, NO, NO,  // SYNACK
        UD, UD, UD, UD, UD, UD, UD, UD,

        // SecureInputOnly
        SA, CL, ES, CL, CL, NO, NO, NO,  // NONE
        ES, FW, ES, CL, CL, NO, NO, NO,  // ESTABLISHED
        ES, SS, SS, CL, CL, NO, NO, NO,  // SYN_SENT
        SR, TW, ES, SR, CL, NO, NO, NO,  // SYN_RECV
        SA, FW, FW, CL, CL, NO, NO, NO,  // FIN_WAIT
        SA, TW, TW, CL, CL, NO, NO, NO,  // TIME_WAIT
        SA, CL, CL, CL, CL, NO, NO, NO,  // CLOSE
        SA, CW, CW, CL, CL, NO, NO, NO,  // CLOSE_WAIT
        SA, LA, CL, LA, CL, NO, NO, NO,  // LAST_ACK
        SA, LI, LI, CL, CL, NO, NO, NO,  // LISTEN
        SA, TW, ES, CL, CL, NO, NO, NO,  // SYNACK
        UD, UD, UD, UD, UD, UD, UD, UD,
    ];
}
