namespace Director.Vrrp.Ports;

/// <summary>What could not be done for a virtual router. The numbers are on the control wire.</summary>
public enum LinkFailure : byte
{
    /// <summary>An advert was not sent.</summary>
    Advertise = 0,

    /// <summary>An address was not added.</summary>
    AddAddress,

    /// <summary>An address was not removed.</summary>
    RemoveAddress,

    /// <summary>A virtual address's packets could not be steered to the datapath.</summary>
    Arm,

    /// <summary>A virtual address's packets could not be given back to the host.</summary>
    Disarm,

    /// <summary>A gratuitous ARP was not sent.</summary>
    Announce,

    /// <summary>A route was not added.</summary>
    AddRoute,

    /// <summary>A route was not removed.</summary>
    RemoveRoute,

    /// <summary>A route was removed by somebody else.</summary>
    KeepRoute,

    /// <summary>A rule was not added.</summary>
    AddRule,

    /// <summary>A rule was not removed.</summary>
    RemoveRule,

    /// <summary>A rule was removed by somebody else.</summary>
    KeepRule,

    /// <summary>An address, and those after it, does not fit into adverts out of this interface.</summary>
    AdvertiseAll,
}
