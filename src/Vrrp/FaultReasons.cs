namespace Director.Vrrp;

/// <summary>Why a virtual router cannot take part; several may hold. The numbers are on the control wire.</summary>
[Flags]
public enum FaultReasons : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The instance's interface, or one that an address goes to, is missing, down or without carrier.</summary>
    InterfaceDown = 1,

    /// <summary>The interface has no IPv4 address to send from.</summary>
    NoSourceAddress = 2,

    /// <summary>The main process does not make progress, so traffic that we attracted would not be served.</summary>
    MainStalled = 4,
}
