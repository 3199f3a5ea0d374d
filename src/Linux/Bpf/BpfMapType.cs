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

    /// <summary>Any key; when full the entry that was not used for the longest gives way.</summary>
    LruHash = 9,

    /// <summary>An array whose entries are maps of one shape; written by user space as descriptors.</summary>
    ArrayOfMaps = 12,

    /// <summary>Number to device, by the device's own number; redirects lead there.</summary>
    DevMap = 14,

    /// <summary>Queue number to AF_XDP socket; written by user space, not readable.</summary>
    XskMap = 17,
}
