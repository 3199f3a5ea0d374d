namespace Director.Hosting;

/// <summary>How frames are had.</summary>
internal enum DatapathMode
{
    /// <summary>Native AF_XDP.</summary>
    Xdp,

    /// <summary>AF_XDP over generic (skb) XDP: works on every device, slower.</summary>
    XdpGeneric,

    /// <summary>No forwarding: VRRP alone.</summary>
    None,
}
