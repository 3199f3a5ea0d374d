using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>
/// Key of the map of services, masqueraded servers and own addresses, as the steering program builds it on its stack.
/// <code>
///  0                               16      18   19   20
///  | address (IPv4 as ::ffff:…)    | port  |prot|kind|
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
    private readonly SteeringKind _kind;

    /// <summary>The key of a service.</summary>
    public SteeringKey(ServiceKey service)
        : this(SteeringKind.Service, service.Protocol, service.Virtual)
    {
    }

    private SteeringKey(SteeringKind kind, IpProtocol protocol, Endpoint place)
    {
        _address = new(place.Address);
        _portNetworkOrder = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(place.Port) : place.Port;
        _protocol = (byte)protocol;
        _kind = kind;
    }

    /// <summary>What it stands for.</summary>
    public SteeringKind Kind => _kind;

    /// <summary>The key of a masqueraded server.</summary>
    public static SteeringKey OfServer(IpProtocol protocol, Endpoint server) => new(SteeringKind.Server, protocol, server);

    /// <summary>The key of a masqueraded server's address.</summary>
    public static SteeringKey OfServerAddress(IpAddress128 address) => new(SteeringKind.ServerAddress, 0, new(address, 0));

    /// <summary>The key of an address of this host.</summary>
    public static SteeringKey OfOwn(IpAddress128 address) => new(SteeringKind.OwnAddress, 0, new(address, 0));
}
