using System.Buffers.Binary;
using Director.Net;

namespace Director.Datapath.Offload;

/// <summary>
/// What names a flow in its slot, in words as they lie there: the addresses (one word of IPv4, four of IPv6), and the ports with the
/// protocol.
/// </summary>
internal readonly struct FlowKey
{
    public readonly bool IsV4;
    public readonly ulong Word0;
    public readonly ulong Word1;
    public readonly ulong Word2;
    public readonly ulong Word3;
    public readonly ulong Last;

    public FlowKey(IpAddress128 source, ushort sourcePort, IpAddress128 destination, ushort destinationPort, IpProtocol protocol)
    {
        IsV4 = source.IsV4;
        if (IsV4)
        {
            Word0 = BinaryPrimitives.ReverseEndianness((ulong)source.V4 << 32 | destination.V4);
        }
        else
        {
            (Word0, Word1) = (BinaryPrimitives.ReverseEndianness(source.Upper), BinaryPrimitives.ReverseEndianness(source.Lower));
            (Word2, Word3) = (BinaryPrimitives.ReverseEndianness(destination.Upper), BinaryPrimitives.ReverseEndianness(destination.Lower));
        }

        Last = (ulong)protocol << 32 | BinaryPrimitives.ReverseEndianness((uint)sourcePort << 16 | destinationPort);
    }
}
