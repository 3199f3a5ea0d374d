namespace Director.Linux.Bpf;

/// <summary>Kinds of map that are used (enum bpf_map_type, Linux include/uapi/linux/bpf.h).</summary>
internal enum BpfMapType : uint
{
    /// <summary>Any key; preallocated.</summary>
    Hash = 1,

    /// <summary>Index 0 to capacity - 1; every entry always exists.</summary>
    Array = 2,

    /// <summary>An array with one value for each possible processor.</summary>
    PerCpuArray = 6,

    /// <summary>Queue number to AF_XDP socket; written by user space, not readable.</summary>
    XskMap = 17,
}
