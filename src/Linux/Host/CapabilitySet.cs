namespace Director.Linux.Host;

/// <summary>A set of capabilities, as <c>CapEff</c> of <c>/proc/self/status</c> holds it.</summary>
/// <param name="Bits">Bit n is capability n.</param>
public readonly record struct CapabilitySet(ulong Bits)
{
    /// <summary>All of them, as root has.</summary>
    public static CapabilitySet All => new(ulong.MaxValue);

    /// <summary>Whether <paramref name="capability"/> is in the set.</summary>
    public bool Has(Capability capability) => (Bits >> (int)capability & 1) != 0;

    /// <summary>The set without <paramref name="capability"/>.</summary>
    public CapabilitySet Without(Capability capability) => new(Bits & ~(1UL << (int)capability));

    /// <summary>Its name in the manual, such as <c>CAP_NET_ADMIN</c>.</summary>
    public static string NameOf(Capability capability) => capability switch
    {
        Capability.NetAdmin => "CAP_NET_ADMIN",
        Capability.NetRaw => "CAP_NET_RAW",
        Capability.IpcLock => "CAP_IPC_LOCK",
        Capability.SysAdmin => "CAP_SYS_ADMIN",
        Capability.SysNice => "CAP_SYS_NICE",
        Capability.Perfmon => "CAP_PERFMON",
        Capability.Bpf => "CAP_BPF",
        _ => throw new ArgumentOutOfRangeException(nameof(capability)),
    };
}
