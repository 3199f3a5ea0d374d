namespace Director.Vrrp;

/// <summary>Where a virtual router stands (RFC 9568 §6.4, with keepalived's fault state). The numbers are on the control wire.</summary>
public enum VrrpState : byte
{
    /// <summary>Not started, or stopped.</summary>
    Init = 0,

    /// <summary>Watching the master.</summary>
    Backup = 1,

    /// <summary>Owning the virtual addresses ("Active" in RFC 9568).</summary>
    Master = 2,

    /// <summary>Unable to take part: the interface is down, or nobody would serve what it would attract.</summary>
    Fault = 3,
}
