namespace Director.Linux.Netlink;

/// <summary>How an XDP program is attached to a link (Linux include/uapi/linux/if_link.h <c>XDP_ATTACHED_*</c>).</summary>
public enum XdpAttachMode : byte
{
    /// <summary>No program.</summary>
    None = 0,

    /// <summary>In the driver: native.</summary>
    Native = 1,

    /// <summary>After the socket buffer was made: generic.</summary>
    Generic = 2,

    /// <summary>In the network card.</summary>
    Hardware = 3,

    /// <summary>Several programs in different modes.</summary>
    Multiple = 4,
}
