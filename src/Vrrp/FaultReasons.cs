namespace Director.Vrrp;

/// <summary>Why a virtual router cannot take part; several may hold. The numbers are on the control wire.</summary>
[Flags]
public enum FaultReasons : ushort
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The instance's interface, or one that an address goes to, is missing, down or without carrier.</summary>
    InterfaceDown = 1,

    /// <summary>The interface has no address of the instance's family to send from, over IPv6 no link-local one.</summary>
    NoSourceAddress = 2,

    /// <summary>The main process does not make progress, so traffic that we attracted would not be served.</summary>
    MainStalled = 4,

    /// <summary>The instance is to have unicast peers and has none.</summary>
    NoPeers = 8,

    /// <summary>The source address that is tracked is not on the instance's interface.</summary>
    SourceAddressLost = 16,

    /// <summary>Something tracked without a weight is not well, or takes more from the priority than there is.</summary>
    TrackerDown = 32,

    /// <summary>Of something tracked without a weight nothing is known yet.</summary>
    TrackerUnknown = 64,

    /// <summary>Another member of the sync group is in fault.</summary>
    MemberFault = 128,
}
