using System.Buffers.Binary;

namespace Director.Net.Wire;

/// <summary>
/// A view of a UDP header (RFC 768).
/// <code>
///  0             2             4        6
///  | source port | dest port   | length | checksum | payload…
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws.
/// </summary>
public readonly ref struct UdpHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 8;

    private readonly ReadOnlySpan<byte> _datagram;

    private UdpHeader(ReadOnlySpan<byte> datagram) => _datagram = datagram;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_datagram);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_datagram[2..]);

    /// <summary>The length field: header and payload, in bytes. What the sender claims; not checked against the datagram.</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_datagram[4..]);

    /// <summary>Whether <paramref name="datagram"/> holds a whole header, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out UdpHeader header)
    {
        var whole = datagram.Length >= Size;
        header = whole ? new(datagram) : default;
        return whole;
    }
}
