namespace Director.Linux.Netlink;

/// <summary>Flags of an address (Linux include/uapi/linux/if_addr.h <c>IFA_F_*</c>).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>IPv4: another address of the same subnet came first. IPv6: temporary.</summary>
    Secondary = 0x1,

    /// <summary>IPv6: usable at once, without duplicate address detection.</summary>
    NoDuplicateDetection = 0x2,

    /// <summary>IPv6: somebody else has it.</summary>
    DuplicateDetected = 0x8,

    /// <summary>IPv6: a home address of Mobile IPv6.</summary>
    Home = 0x10,

    /// <summary>Not chosen as source of new connections.</summary>
    Deprecated = 0x20,

    /// <summary>IPv6: duplicate address detection is under way.</summary>
    Tentative = 0x40,

    /// <summary>Has no end of life.</summary>
    Permanent = 0x80,

    /// <summary>IPv6: the kernel makes temporary addresses of its prefix.</summary>
    ManagesTemporary = 0x100,

    /// <summary>Brings no route to its subnet along.</summary>
    NoPrefixRoute = 0x200,

    /// <summary>Multicast: the kernel joins the group on the link.</summary>
    JoinsGroup = 0x400,
}
