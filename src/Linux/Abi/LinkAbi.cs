namespace Director.Linux.Abi;

/// <summary>Linux include/uapi/linux/if_link.h, and <c>struct ifinfomsg</c> of rtnetlink.h.</summary>
internal static class LinkAbi
{
    /// <summary>Bytes of <c>struct ifinfomsg</c>: family u8, pad, type u16, index i32, flags u32, change u32.</summary>
    public const int IfInfoSize = 16;

    public const ushort IFLA_ADDRESS = 1;
    public const ushort IFLA_IFNAME = 3;
    public const ushort IFLA_MTU = 4;
    public const ushort IFLA_LINK = 5;
    public const ushort IFLA_MASTER = 10;
    public const ushort IFLA_LINKINFO = 18;
    public const ushort IFLA_IFALIAS = 20;
    public const ushort IFLA_AF_SPEC = 26;
    public const ushort IFLA_GROUP = 27;
    public const ushort IFLA_EXT_MASK = 29;
    public const ushort IFLA_LINK_NETNSID = 37;
    public const ushort IFLA_XDP = 43;

    public const ushort IFLA_INFO_KIND = 1;
    public const ushort IFLA_INFO_DATA = 2;

    public const ushort IFLA_MACVLAN_MODE = 1;
    public const uint MACVLAN_MODE_PRIVATE = 1;

    public const ushort IFLA_INET6_ADDR_GEN_MODE = 8;
    public const byte IN6_ADDR_GEN_MODE_NONE = 1;

    public const ushort IFLA_VLAN_ID = 1;
    public const ushort IFLA_VLAN_PROTOCOL = 5;

    public const ushort IFLA_XDP_ATTACHED = 2;
    public const ushort IFLA_XDP_PROG_ID = 4;

    public const uint XDP_FLAGS_SKB_MODE = 2;
    public const uint XDP_FLAGS_DRV_MODE = 4;

    public const uint RTEXT_FILTER_SKIP_STATS = 1 << 3;
}
