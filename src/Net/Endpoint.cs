using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace Director.Net;

/// <summary>An address and a port, host order. Port 0 stands for "any port" where a configuration means that.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port, 0–65535.</param>
public readonly record struct Endpoint(IpAddress128 Address, ushort Port) : IComparable<Endpoint>
{
    /// <summary>As keepalived logs it, <c>[192.0.2.1]:80</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}");

    /// <summary>As keepalived logs a service or server, <c>[192.0.2.1]:tcp:80</c>.</summary>
    public string ToString(IpProtocol protocol) => string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{NameOf(protocol)}:{Port}");

    /// <summary>As ipvsadm writes it, <c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.</summary>
    public string ToHostPort() =>
        Address.IsV4 ? string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}") : ToString();

    /// <summary>The same in UTF-8, without allocating for IPv4; false if <paramref name="destination"/> is too short.</summary>
    public bool TryFormatHostPort(Span<byte> destination, out int written)
    {
        if (!Address.IsV4)
            return Utf8.TryWrite(destination, CultureInfo.InvariantCulture, $"[{Address.ToIPAddress()}]:{Port}", out written);
        written = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
            if (!TryAppend(destination, Address.V4 >> shift & 0xff, shift == 0 ? (byte)':' : (byte)'.', ref written)) return false;
        if (!Utf8Formatter.TryFormat(Port, destination[written..], out var digits)) return false;
        written += digits;
        return true;
    }

    /// <summary>Parses what <see cref="ToHostPort"/> gives: both parts, a decimal port, an IPv6 address in brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Endpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        if (!IpAddress128.TryParse(bracketed ? host[1..^1] : host, out var address) || bracketed == address.IsV4) return false;
        endpoint = new(address, port);
        return true;
    }

    /// <summary>By address, then port, as numbers.</summary>
    public int CompareTo(Endpoint other)
    {
        var byAddress = Address.CompareTo(other.Address);
        return byAddress != 0 ? byAddress : Port.CompareTo(other.Port);
    }

    /// <summary>Whether <paramref name="left"/> comes first.</summary>
    public static bool operator <(Endpoint left, Endpoint right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes last.</summary>
    public static bool operator >(Endpoint left, Endpoint right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come last.</summary>
    public static bool operator <=(Endpoint left, Endpoint right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come first.</summary>
    public static bool operator >=(Endpoint left, Endpoint right) => left.CompareTo(right) >= 0;

    private static bool TryAppend(Span<byte> destination, uint number, byte separator, ref int written)
    {
        if (!Utf8Formatter.TryFormat(number, destination[written..], out var digits)) return false;
        written += digits;
        if (written == destination.Length) return false;
        destination[written++] = separator;
        return true;
    }

    private static string NameOf(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Sctp => "sctp",
        _ => ((byte)protocol).ToString(CultureInfo.InvariantCulture),
    };
}
