namespace Director.Net;

/// <summary>
/// The options of an address that are a word alone (ip-address(8), keepalived.conf(5)). The numbers are on the control wire.
/// </summary>
[Flags]
public enum VirtualAddressOptions : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>IPv6: a home address of Mobile IPv6 (<c>home</c>).</summary>
    Home = 0x01,

    /// <summary>IPv6: duplicate address detection first (<c>-nodad</c>), which takes a second in which the address is of no use.</summary>
    DetectsDuplicates = 0x02,

    /// <summary>IPv6: the kernel makes temporary addresses of its prefix (<c>mngtmpaddr</c>).</summary>
    ManagesTemporary = 0x04,

    /// <summary>Brings no route to its network along (<c>noprefixroute</c>).</summary>
    NoPrefixRoute = 0x08,

    /// <summary>Multicast: the kernel joins the group on the interface (<c>autojoin</c>).</summary>
    JoinsGroup = 0x10,

    /// <summary>Neither its loss nor that of its interface concerns the instance (<c>no_track</c>).</summary>
    Untracked = 0x20,
}
