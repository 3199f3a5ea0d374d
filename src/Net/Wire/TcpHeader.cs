using System.Buffers.Binary;

namespace Director.Net.Wire;

/// <summary>
/// A view of a TCP header (RFC 9293 §3.1).
/// <code>
///  0             2             4         8         12    13     14      16        18      20
///  | source port | dest port   | seq     | ack     |off|r| flags| window| checksum| urgent | options…
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws. The data offset is checked against the segment.
/// </summary>
public readonly ref struct TcpHeader
{
    /// <summary>Bytes of a header without options.</summary>
    public const int MinSize = 20;

    private readonly ReadOnlySpan<byte> _segment;

    private TcpHeader(ReadOnlySpan<byte> segment) => _segment = segment;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_segment);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_segment[2..]);

    /// <summary>Sequence number of the first byte.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_segment[4..]);

    /// <summary>The next byte that the sender expects, if <see cref="TcpFlags.Ack"/>.</summary>
    public uint AcknowledgmentNumber => BinaryPrimitives.ReadUInt32BigEndian(_segment[8..]);

    /// <summary>Bytes of the header with options, 20–60.</summary>
    public int HeaderLength => (_segment[12] >> 4) * 4;

    /// <summary>The control bits.</summary>
    public TcpFlags Flags => (TcpFlags)_segment[13];

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _segment[HeaderLength..];

    /// <summary>Whether <paramref name="segment"/> holds a whole header with a sane data offset, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, out TcpHeader header)
    {
        header = default;
        if (segment.Length < MinSize) return false;
        var headerLength = (segment[12] >> 4) * 4;
        if (headerLength < MinSize || headerLength > segment.Length) return false;
        header = new(segment);
        return true;
    }
}
