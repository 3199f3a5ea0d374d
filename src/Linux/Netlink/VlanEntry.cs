namespace Director.Linux.Netlink;

/// <summary>What a link of kind <c>vlan</c> stands for (Linux include/uapi/linux/if_link.h, <c>IFLA_VLAN_*</c>).</summary>
/// <param name="Id">The VLAN's id, 0 to 4094.</param>
/// <param name="TagType">The tag's own type: 0x8100 is 802.1Q, 0x88a8 802.1ad.</param>
public readonly record struct VlanEntry(ushort Id, ushort TagType);
