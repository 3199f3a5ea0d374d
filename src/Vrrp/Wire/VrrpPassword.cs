using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Director.Vrrp.Wire;

/// <summary>
/// The simple password of RFC 2338 §5.3.6: at most eight bytes, padded with zeros. Never shown by <see cref="ToString"/>.
/// </summary>
public readonly record struct VrrpPassword
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 8;

    private readonly ulong _value;

    private VrrpPassword(ulong value) => _value = value;

    /// <summary>The password of the first eight bytes of <paramref name="text"/>, as keepalived cuts <c>auth_pass</c>.</summary>
    public static VrrpPassword FromBytes(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        text[..Math.Min(text.Length, Size)].CopyTo(bytes);
        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>The password of a text as the configuration holds it.</summary>
    public static VrrpPassword FromText(string text) => FromBytes(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Reads eight bytes, which <paramref name="source"/> must have.</summary>
    public static VrrpPassword Read(ReadOnlySpan<byte> source) => new(BinaryPrimitives.ReadUInt64BigEndian(source));

    /// <summary>Writes eight bytes, which <paramref name="destination"/> must have.</summary>
    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, _value);

    /// <summary>Whether <paramref name="received"/>, eight bytes, is this password; takes the same time wherever they differ.</summary>
    public bool Matches(ReadOnlySpan<byte> received)
    {
        Span<byte> own = stackalloc byte[Size];
        WriteTo(own);
        return CryptographicOperations.FixedTimeEquals(own, received);
    }

    /// <inheritdoc/>
    public override string ToString() => "********";
}
