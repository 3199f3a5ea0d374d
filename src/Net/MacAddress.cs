using System.Buffers.Binary;
using System.Globalization;

namespace Director.Net;

/// <summary>A 48-bit Ethernet address. Eight bytes in memory; compares and hashes as one number.</summary>
public readonly record struct MacAddress
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 6;

    private readonly ulong _value;

    private MacAddress(ulong value) => _value = value;

    /// <summary>ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new(0xffff_ffff_ffff);

    /// <summary>The address as a number, first wire byte most significant; the top 16 bits are zero.</summary>
    public ulong Value => _value;

    /// <summary>Reads the first six bytes of <paramref name="source"/>, which must hold them.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> source) =>
        new((ulong)BinaryPrimitives.ReadUInt32BigEndian(source) << 16 | BinaryPrimitives.ReadUInt16BigEndian(source[4..]));

    /// <summary>Writes six bytes to the start of <paramref name="destination"/>, which must have room for them.</summary>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(_value >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)_value);
    }

    /// <summary>Parses <c>00:16:3e:01:02:03</c>; hexadecimal of either case, exactly two digits each.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        if (text.Length != 17) return false;
        ulong value = 0;
        for (var i = 0; i < Size; i++)
        {
            if (i > 0 && text[(i * 3) - 1] != ':') return false;
            var digits = text.Slice(i * 3, 2);
            if (!byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)) return false;
            value = value << 8 | octet;
        }

        address = new(value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Octet(0):x2}:{Octet(1):x2}:{Octet(2):x2}:{Octet(3):x2}:{Octet(4):x2}:{Octet(5):x2}");

    private byte Octet(int index) => (byte)(_value >> (40 - (index * 8)));
}
