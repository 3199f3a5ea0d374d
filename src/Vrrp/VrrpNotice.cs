namespace Director.Vrrp;

/// <summary>
/// What happened to a virtual router, short of a new state, that is worth a log line. The numbers are on the control wire.
/// </summary>
public enum VrrpNotice : byte
{
    /// <summary>As master, an advert that loses the election; it was answered, unless that is not wanted.</summary>
    ForcingElection = 0,

    /// <summary>As backup, an advert of lower priority: its sender is about to be preempted.</summary>
    DiscardingLower,

    /// <summary>As master, an advert that wins the election.</summary>
    YieldingToHigher,

    /// <summary>An advert with our own address and priority.</summary>
    SameSource,

    /// <summary>The master resigns.</summary>
    MasterResigning,

    /// <summary>What is tracked has changed our priority.</summary>
    PriorityChanged,

    /// <summary>Another router has priority 255 too: only one can own the addresses.</summary>
    SecondOwner,
}
