namespace Director.Linux.Xdp;

/// <summary>Bounds of flow offload. The kernel takes all memory when the maps are made.</summary>
public static class FlowLimits
{
    /// <summary>The fewest IPv4 flows that a table is made for.</summary>
    public const int MinFlows = 1 << 10;

    /// <summary>The most: the verifier follows offsets below 2^29 bytes (Linux include/linux/bpf_verifier.h, BPF_MAX_VAR_OFF).</summary>
    public const int MaxFlows = 1 << 22;

    /// <summary>IPv4 flows unless told otherwise: 16 MiB, and half as much again for a quarter as many of IPv6.</summary>
    public const int DefaultFlows = 1 << 18;

    /// <summary>The most devices of one director.</summary>
    public const int MaxDevices = 64;
}
