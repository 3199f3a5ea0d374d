namespace Director.Linux.Abi;

/// <summary>Linux include/uapi/linux/neighbour.h.</summary>
internal static class NeighbourAbi
{
    /// <summary>Bytes of <c>struct ndmsg</c>: family u8, pad, pad u16, index i32, state u16, flags u8, type u8.</summary>
    public const int NdMsgSize = 12;

    public const ushort NDA_DST = 1;
    public const ushort NDA_LLADDR = 2;
    public const ushort NDA_FLAGS_EXT = 15;

    public const byte NTF_USE = 1;
    public const uint NTF_EXT_MANAGED = 1;
}
