using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>
/// Key of the services map, as the steering program builds it on its stack.
/// <code>
///  0                               16      18   19   20
///  | address (IPv4 as ::ffff:…)    | port  |prot| 0  |
/// </code>
/// All in network order, so that the program copies from the packet; every byte counts, as the kernel compares them all.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Size)]
internal readonly record struct SteeringKey
{
    /// <summary>Bytes of the key.</summary>
    public const int Size = 20;

    private readonly VipKey _address;
    private readonly ushort _portNetworkOrder;
    private readonly byte _protocol;
    private readonly byte _zero;

    /// <summary>The key of a service.</summary>
    public SteeringKey(ServiceKey service)
    {
        _address = new(service.Virtual.Address);
        _portNetworkOrder = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(service.Virtual.Port) : service.Virtual.Port;
        _protocol = (byte)service.Protocol;
        _zero = 0;
    }
}
