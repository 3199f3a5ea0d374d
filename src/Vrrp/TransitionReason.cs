namespace Director.Vrrp;

/// <summary>Why a virtual router changed its state. The numbers are on the control wire.</summary>
public enum TransitionReason : byte
{
    /// <summary>It started.</summary>
    Startup = 0,

    /// <summary>It was told to stop.</summary>
    Shutdown,

    /// <summary>Nothing was heard of a master for the master-down interval.</summary>
    MasterSilent,

    /// <summary>The master said that it stops, and nobody else came within the skew.</summary>
    MasterResigned,

    /// <summary>The master has a lower priority, and it may be preempted.</summary>
    Preempting,

    /// <summary>Another master has a higher priority, or our priority and a higher address.</summary>
    Outranked,

    /// <summary>A fault.</summary>
    Fault,

    /// <summary>The last fault is gone.</summary>
    Recovery,

    /// <summary>An address was taken off the interface by somebody else.</summary>
    AddressLost,

    /// <summary>Another member of its sync group stopped being master.</summary>
    MemberYielded,

    /// <summary>It was held up for so long that a peer has taken over, and it may not preempt that.</summary>
    Paused,
}
