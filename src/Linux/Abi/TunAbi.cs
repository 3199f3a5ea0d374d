namespace Director.Linux.Abi;

/// <summary>Linux include/uapi/linux/if_tun.h.</summary>
internal static class TunAbi
{
    public const int TUNSETIFF = 0x400454ca;

    public const short IFF_TUN = 0x1;
    public const short IFF_NO_PI = 0x1000;
    public const short IFF_TUN_EXCL = unchecked((short)0x8000);
}
