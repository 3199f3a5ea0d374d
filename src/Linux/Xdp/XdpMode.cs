namespace Director.Linux.Xdp;

/// <summary>Where in the receive path the steering program runs. Never changed silently: what is refused is an error.</summary>
public enum XdpMode
{
    /// <summary>In the driver, before the kernel makes its own packet of the frame (XDP_FLAGS_DRV_MODE).</summary>
    Native,

    /// <summary>In the stack, for drivers that know no XDP: every device, several times slower (XDP_FLAGS_SKB_MODE).</summary>
    Generic,
}
