using System.Globalization;
using Director.Net;

namespace Director.Admin;

/// <summary>How a service is named in addresses and on command lines: <c>tcp:192.0.2.1:80</c>, <c>udp:[2001:db8::1]:53</c>.</summary>
internal static class ServiceName
{
    /// <summary>The name of a service.</summary>
    public static string Of(ServiceKey key) =>
        $"{key.Protocol.ToString().ToLower(CultureInfo.InvariantCulture)}:{key.Virtual.ToHostPort()}";

    /// <summary>Reads what <see cref="Of"/> gives.</summary>
    public static bool TryParse(string text, out ServiceKey key)
    {
        key = default;
        IpProtocol? protocol = text.Split(':')[0] switch
        {
            "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            _ => null,
        };
        if (protocol is not { } known || !Endpoint.TryParse(text.AsSpan(4), out var endpoint)) return false;
        key = new(known, endpoint);
        return true;
    }
}
