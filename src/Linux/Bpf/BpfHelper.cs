namespace Director.Linux.Bpf;

/// <summary>Kernel functions that programs call (enum bpf_func_id, bpf-helpers(7)).</summary>
internal enum BpfHelper
{
    /// <summary>r1 map, r2 key → pointer to the value, or null.</summary>
    MapLookup = 1,

    /// <summary>r1 map, r2 key, r3 value, r4 flags → 0, or less than 0 if it is refused.</summary>
    MapUpdate = 2,

    /// <summary>Nanoseconds of the monotonic clock.</summary>
    MonotonicTime = 5,

    /// <summary>r1 device index, r2 flags → verdict.</summary>
    Redirect = 23,

    /// <summary>r1 packet, r2 offset, r3 where to, r4 bytes → 0, or less than 0 if the packet is shorter.</summary>
    LoadBytes = 26,

    /// <summary>
    /// r1 packet, r2 offset, r3 where to, r4 bytes, r5 from where the offset counts, 0 for the link's and 1 for the network's header → 0,
    /// or less than 0 if the packet is shorter.
    /// </summary>
    LoadBytesRelative = 68,

    /// <summary>r1 map, r2 key, r3 verdict if there is no such entry → verdict.</summary>
    RedirectMap = 51,
}
