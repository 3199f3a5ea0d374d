namespace Director.Hosting;

/// <summary>How frames are had.</summary>
internal enum DatapathMode
{
    /// <summary>Native AF_XDP, and AF_PACKET where that is refused.</summary>
    Auto,

    /// <summary>Native AF_XDP.</summary>
    Xdp,

    /// <summary>AF_XDP over generic (skb) XDP: works on every device, slower.</summary>
    XdpGeneric,

    /// <summary>AF_PACKET: works on every device and with every MTU.</summary>
    Packet,

    /// <summary>No forwarding: VRRP alone.</summary>
    None,
}
