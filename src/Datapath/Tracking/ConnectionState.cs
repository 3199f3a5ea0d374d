namespace Director.Datapath.Tracking;

/// <summary>
/// The state of a connection. TCP's numbers are those that IPVS keeps and synchronises (Linux include/net/ip_vs.h); UDP has one state.
/// </summary>
public enum ConnectionState : byte
{
    /// <summary>Made, no packet tracked yet.</summary>
    None = 0,

    /// <summary>Established.</summary>
    Established = 1,

    /// <summary>A SYN went from the server's side.</summary>
    SynSent = 2,

    /// <summary>A SYN came from the client.</summary>
    SynReceived = 3,

    /// <summary>A FIN passed.</summary>
    FinWait = 4,

    /// <summary>Both sides closed.</summary>
    TimeWait = 5,

    /// <summary>Reset, or closed out of order.</summary>
    Close = 6,

    /// <summary>The client closed first, both directions seen.</summary>
    CloseWait = 7,

    /// <summary>Waiting for the last acknowledgment.</summary>
    LastAck = 8,

    /// <summary>Waiting for a SYN.</summary>
    Listen = 9,

    /// <summary>SYN and ACK seen under the SYN-flood defence.</summary>
    SynAck = 10,

    /// <summary>A UDP flow.</summary>
    Udp = 11,
}
