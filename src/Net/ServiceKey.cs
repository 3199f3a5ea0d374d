namespace Director.Net;

/// <summary>What names a virtual service: protocol, VIP and port (port 0: every port of the VIP).</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Virtual">The VIP and its port.</param>
public readonly record struct ServiceKey(IpProtocol Protocol, Endpoint Virtual)
{
    /// <summary>As keepalived logs it, <c>[192.0.2.1]:tcp:80</c>.</summary>
    public override string ToString() => Virtual.ToString(Protocol);
}
