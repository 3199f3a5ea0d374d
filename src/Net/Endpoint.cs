using System.Globalization;

namespace Director.Net;

/// <summary>An address and a port, host order. Port 0 stands for "any port" where a configuration means that.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port, 0–65535.</param>
public readonly record struct Endpoint(IpAddress128 Address, ushort Port)
{
    /// <summary>As keepalived logs it, <c>[192.0.2.1]:80</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}");

    /// <summary>As keepalived logs a service or server, <c>[192.0.2.1]:tcp:80</c>.</summary>
    public string ToString(IpProtocol protocol) => string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{NameOf(protocol)}:{Port}");

    private static string NameOf(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Sctp => "sctp",
        _ => ((byte)protocol).ToString(CultureInfo.InvariantCulture),
    };
}
