using System.Globalization;

namespace Director.Checks.Probes;

/// <summary>Bytes of which each half may be any (<c>require_reply</c>). Equal if they are the same.</summary>
/// <param name="Text">Hexadecimal digits, two for each byte; <c>x</c> is any half of a byte.</param>
public sealed record BytePattern(string Text)
{
    private readonly (byte Value, byte Mask)[] _bytes = Parse(Text);

    /// <summary>Bytes of the pattern.</summary>
    public int Length => _bytes.Length;

    /// <summary>
    /// Whether the bytes are those of the pattern as far as both go: neither is at fault for being shorter
    /// (keepalived check/check_udp.c, <c>check_udp_reply</c>).
    /// </summary>
    public bool Matches(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < Math.Min(bytes.Length, _bytes.Length); i++)
            if (((bytes[i] ^ _bytes[i].Value) & _bytes[i].Mask) != 0) return false;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(BytePattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static (byte, byte)[] Parse(string text)
    {
        if (text.Length % 2 != 0) throw new ArgumentException("half a byte is missing", nameof(text));
        var bytes = new (byte, byte)[text.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            var (high, low) = (text[2 * i], text[(2 * i) + 1]);
            bytes[i] = ((byte)(Value(high) << 4 | Value(low)), (byte)(Mask(high) << 4 | Mask(low)));
        }

        return bytes;

        static int Value(char digit) =>
            digit is 'x' or 'X' ? 0 : int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

        static int Mask(char digit) => digit is 'x' or 'X' ? 0 : 0xf;
    }
}
