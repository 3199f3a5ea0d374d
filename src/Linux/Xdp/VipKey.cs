using System.Runtime.InteropServices;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>Key of the VIP map: the sixteen bytes of the address in network order, IPv4 as <c>::ffff:a.b.c.d</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Size)]
internal readonly record struct VipKey
{
    /// <summary>Bytes of the key.</summary>
    public const int Size = 16;

    private readonly ulong _upperNetworkOrder;
    private readonly ulong _lowerNetworkOrder;

    /// <summary>The key of an address.</summary>
    public VipKey(IpAddress128 address)
    {
        Span<byte> bytes = stackalloc byte[Size];
        address.WriteMappedTo(bytes);
        (_upperNetworkOrder, _lowerNetworkOrder) = (MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[8..]));
    }

    /// <summary>The address of the key.</summary>
    public IpAddress128 Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            MemoryMarshal.Write(bytes, in _upperNetworkOrder);
            MemoryMarshal.Write(bytes[8..], in _lowerNetworkOrder);
            return IpAddress128.ReadV6(bytes);
        }
    }
}
