namespace Director.Vrrp;

/// <summary>What can happen to a virtual router. The six kinds of advertisement are told apart by <see cref="Election.Rank"/>.</summary>
public enum VrrpEventKind : byte
{
    /// <summary>It is to take part from now on.</summary>
    Startup,

    /// <summary>It is to stop.</summary>
    Shutdown,

    /// <summary>Its deadline has come.</summary>
    Timer,

    /// <summary>Its set of faults has changed and is not empty.</summary>
    Fault,

    /// <summary>Its last fault is gone.</summary>
    Recovery,

    /// <summary>Somebody else took one of its addresses off the interface.</summary>
    AddressLost,

    /// <summary>All members of its sync group want to be master: it is.</summary>
    GroupElected,

    /// <summary>Another member of its sync group has yielded to a master: it yields too.</summary>
    GroupYielded,

    /// <summary>Another member of its sync group resigned to be elected again: it does the same.</summary>
    GroupResigned,

    /// <summary>What is tracked has changed the priority that it advertises.</summary>
    PriorityChanged,

    /// <summary>An advertisement of priority 0: the master resigns.</summary>
    ResigningAdvert,

    /// <summary>An advertisement of lower priority than ours.</summary>
    LowerAdvert,

    /// <summary>An advertisement of our priority from a lower address: it loses the tie.</summary>
    EqualAdvertLowerSource,

    /// <summary>An advertisement of our priority from our own address: reflected, or an address used twice.</summary>
    EqualAdvertSameSource,

    /// <summary>An advertisement of our priority from a higher address: it wins the tie.</summary>
    EqualAdvertHigherSource,

    /// <summary>An advertisement of higher priority than ours.</summary>
    HigherAdvert,
}
