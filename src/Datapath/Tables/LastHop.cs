using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Director.Datapath.Tables;

/// <summary>
/// The station that handed a client's packet to us, and the link that it came by: where answers to the client go, whatever the
/// routes of this host. Eight bytes; default is nobody.
/// <code>
///  63       48 47                           0
///  | link     | MAC address as it lies in memory |
/// </code>
/// </summary>
internal readonly record struct LastHop
{
    private const int SourceAt = 6;

    private readonly ulong _bits;

    private LastHop(ulong bits) => _bits = bits;

    /// <summary>The link's number, as in <see cref="ForwardingTable.Link"/>.</summary>
    public ushort Link => (ushort)(_bits >> 48);

    /// <summary>The six bytes of the MAC address, the first one lowest.</summary>
    public ulong Mac => _bits & 0xffff_ffff_ffff;

    /// <summary>Whose frame it is, which came by link <paramref name="link"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LastHop Of(ReadOnlySpan<byte> frame, ushort link) =>
        new((BinaryPrimitives.ReadUInt64LittleEndian(frame[(SourceAt - 2)..]) >> 16) | (ulong)link << 48);
}
