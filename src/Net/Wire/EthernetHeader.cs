using System.Buffers.Binary;

namespace Director.Net.Wire;

/// <summary>
/// A view of an Ethernet II header (IEEE 802.3 §3.1.1, RFC 894).
/// <code>
///  0                   6                  12      14
///  | destination (6)   | source (6)        | type  | payload …
/// </code>
/// Made only by <see cref="TryRead"/>; after success no getter throws.
/// </summary>
public readonly ref struct EthernetHeader
{
    /// <summary>Bytes of the header, untagged.</summary>
    public const int Size = 14;

    private readonly ReadOnlySpan<byte> _frame;

    private EthernetHeader(ReadOnlySpan<byte> frame) => _frame = frame;

    /// <summary>To whom.</summary>
    public MacAddress Destination => MacAddress.Read(_frame);

    /// <summary>From whom.</summary>
    public MacAddress Source => MacAddress.Read(_frame[6..]);

    /// <summary>What follows.</summary>
    public EtherType Type => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(_frame[12..]);

    /// <summary>What follows the header, padding included.</summary>
    public ReadOnlySpan<byte> Payload => _frame[Size..];

    /// <summary>Whether <paramref name="frame"/> holds a whole header, and the view of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out EthernetHeader header)
    {
        var whole = frame.Length >= Size;
        header = whole ? new(frame) : default;
        return whole;
    }

    /// <summary>Writes a header to the start of <paramref name="frame"/>, which must have <see cref="Size"/> bytes.</summary>
    public static void Write(Span<byte> frame, MacAddress destination, MacAddress source, EtherType type)
    {
        destination.WriteTo(frame);
        source.WriteTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], (ushort)type);
    }
}
