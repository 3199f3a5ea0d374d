using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Director.Net;

/// <summary>
/// An IPv4 or IPv6 address in 128 bits, IPv4 held as <c>::ffff:a.b.c.d</c> (RFC 4291 §2.5.5.2), so that one key serves both families.
/// Two numbers in host order: comparing addresses is comparing numbers, most significant octet first, as VRRP elections do.
/// </summary>
public readonly record struct IpAddress128 : IComparable<IpAddress128>
{
    private const ulong MappedPrefix = 0x0000_ffff_0000_0000;

    private IpAddress128(ulong upper, ulong lower) => (Upper, Lower) = (upper, lower);

    /// <summary>Octets 0–7 of the IPv6 form, as a number.</summary>
    public ulong Upper { get; }

    /// <summary>Octets 8–15 of the IPv6 form, as a number; of an IPv4 address, 0x0000ffff and the address.</summary>
    public ulong Lower { get; }

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsV4 => Upper == 0 && Lower >> 32 == 0xffff;

    /// <summary>The IPv4 address in host order (10.0.0.1 is 0x0a000001). Meaningful only if <see cref="IsV4"/>.</summary>
    public uint V4 => (uint)Lower;

    /// <summary>Bytes of the address on the wire: 4 or 16.</summary>
    public int Size => IsV4 ? 4 : 16;

    /// <summary>Whether this is 0.0.0.0 or <c>::</c>, no address at all.</summary>
    public bool IsUnspecified => Upper == 0 && Lower is 0 or MappedPrefix;

    /// <summary>Whether this is in 127.0.0.0/8 or is ::1.</summary>
    public bool IsLoopback => IsV4 ? V4 >> 24 == 127 : Upper == 0 && Lower == 1;

    /// <summary>Whether this is in 224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => IsV4 ? V4 >> 28 == 0xe : Upper >> 56 == 0xff;

    /// <summary>Whether this is in 169.254.0.0/16 or fe80::/10.</summary>
    public bool IsLinkLocal => IsV4 ? V4 >> 16 == 0xa9fe : Upper >> 54 == 0x3fa;

    /// <summary>The IPv4 address with the given host-order value.</summary>
    public static IpAddress128 FromV4(uint value) => new(0, MappedPrefix | value);

    /// <summary>The address made of two host-order halves.</summary>
    public static IpAddress128 FromHalves(ulong upper, ulong lower) => new(upper, lower);

    /// <summary>Reads four bytes in network order; <paramref name="source"/> must hold them.</summary>
    public static IpAddress128 ReadV4(ReadOnlySpan<byte> source) => FromV4(BinaryPrimitives.ReadUInt32BigEndian(source));

    /// <summary>Reads sixteen bytes in network order; <paramref name="source"/> must hold them.</summary>
    public static IpAddress128 ReadV6(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>
    /// Writes the address as it stands in its own family's header: <see cref="Size"/> bytes, which the destination must have.
    /// </summary>
    public void WriteTo(Span<byte> destination)
    {
        if (IsV4) BinaryPrimitives.WriteUInt32BigEndian(destination, V4);
        else WriteMappedTo(destination);
    }

    /// <summary>Writes the sixteen bytes of the IPv6 form, of either family.</summary>
    public void WriteMappedTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Upper);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Lower);
    }

    /// <summary>
    /// The network of this address: all but the first <paramref name="prefixLength"/> bits cleared, counted in the address's own
    /// family (0–32 or 0–128).
    /// </summary>
    public IpAddress128 Network(int prefixLength)
    {
        var bits = IsV4 ? prefixLength + 96 : prefixLength;
        return bits switch
        {
            <= 0 => default,
            < 64 => new(Upper & ulong.MaxValue << (64 - bits), 0),
            64 => new(Upper, 0),
            < 128 => new(Upper, Lower & ulong.MaxValue << (128 - bits)),
            _ => this,
        };
    }

    /// <summary>
    /// Parses what inet_pton(3) takes: strictly four decimal octets, or RFC 4291 text without a scope. Nothing shorter, no octal, no
    /// brackets.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress128 address)
    {
        if (!text.Contains(':')) return TryParseV4(text, out address);
        address = default;
        if (text.ContainsAny("%[]/") || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        address = ReadV6(bytes);
        return true;
    }

    /// <summary>
    /// Parses an address that the program itself holds, such as a test's; throws <see cref="FormatException"/> on anything else.
    /// </summary>
    public static IpAddress128 Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address");

    /// <summary>The same address for the sockets of the class library.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteTo(bytes);
        return new IPAddress(bytes[..Size]);
    }

    /// <summary>Whether <paramref name="left"/> is numerically lower.</summary>
    public static bool operator <(IpAddress128 left, IpAddress128 right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is numerically higher.</summary>
    public static bool operator >(IpAddress128 left, IpAddress128 right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is numerically not higher.</summary>
    public static bool operator <=(IpAddress128 left, IpAddress128 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is numerically not lower.</summary>
    public static bool operator >=(IpAddress128 left, IpAddress128 right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(IpAddress128 other) =>
        Upper != other.Upper ? Upper.CompareTo(other.Upper) : Lower.CompareTo(other.Lower);

    /// <inheritdoc/>
    public override string ToString() => IsV4
        ? string.Create(CultureInfo.InvariantCulture, $"{V4 >> 24}.{V4 >> 16 & 0xff}.{V4 >> 8 & 0xff}.{V4 & 0xff}")
        : ToIPAddress().ToString();

    private static bool TryParseV4(ReadOnlySpan<char> text, out IpAddress128 address)
    {
        address = default;
        uint value = 0;
        for (var octet = 0; octet < 4; octet++)
        {
            var digits = 0;
            uint part = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                part = (part * 10) + (uint)(text[digits] - '0');
                if (++digits > 3) return false;
            }

            var leadingZero = digits > 1 && text[0] == '0';
            if (digits == 0 || part > 255 || leadingZero) return false;
            value = value << 8 | part;
            text = text[digits..];
            if (octet == 3) break;
            if (text.IsEmpty || text[0] != '.') return false;
            text = text[1..];
        }

        if (!text.IsEmpty) return false;
        address = FromV4(value);
        return true;
    }
}
