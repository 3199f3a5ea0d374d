namespace Director.Linux.Abi;

/// <summary>Linux include/uapi/linux/if_addr.h.</summary>
internal static class AddressAbi
{
    /// <summary>Bytes of <c>struct ifaddrmsg</c>: family, prefixlen, flags, scope, index u32.</summary>
    public const int IfAddrSize = 8;

    public const ushort IFA_ADDRESS = 1;
    public const ushort IFA_LOCAL = 2;
    public const ushort IFA_LABEL = 3;
    public const ushort IFA_BROADCAST = 4;
    public const ushort IFA_CACHEINFO = 6;
    public const ushort IFA_FLAGS = 8;
    public const ushort IFA_PROTO = 11;

    /// <summary>Bytes of <c>struct ifa_cacheinfo</c>: preferred, valid, created, updated.</summary>
    public const int CacheInfoSize = 16;

    /// <summary>A lifetime without end.</summary>
    public const uint InfiniteLifetime = uint.MaxValue;
}
