namespace Director.Net;

/// <summary>
/// What names a real server: the service that it serves and its own endpoint. The same machine in two services is two servers.
/// </summary>
/// <param name="Service">The virtual service.</param>
/// <param name="Server">The server's address and port.</param>
public readonly record struct RealServerKey(ServiceKey Service, Endpoint Server)
{
    /// <summary>As keepalived logs it, <c>[192.0.2.133]:tcp:80 of VS [192.0.2.130]:tcp:80</c>.</summary>
    public override string ToString() => $"{Server.ToString(Service.Protocol)} of VS {Service}";
}
