namespace Director.Linux.Bpf;

/// <summary>What an XDP program decides (enum xdp_action, Linux include/uapi/linux/bpf.h).</summary>
internal enum XdpVerdict
{
    /// <summary>The program failed.</summary>
    Aborted,

    /// <summary>The frame ends here.</summary>
    Drop,

    /// <summary>The host's stack takes it.</summary>
    Pass,

    /// <summary>Back out of the device it came in by.</summary>
    Transmit,

    /// <summary>To where the program's last redirect said.</summary>
    Redirect,
}
