using Director.Net;

namespace Director.Checks;

/// <summary>What names a real server: the virtual service that it serves, and its own address and port.</summary>
/// <param name="Service">The virtual service.</param>
/// <param name="Server">The real server.</param>
public readonly record struct ServerKey(ServiceKey Service, Endpoint Server)
{
    /// <summary>As keepalived logs it, <c>[192.0.2.133]:tcp:80 of VS [192.0.2.130]:tcp:80</c>.</summary>
    public override string ToString() => $"{Server.ToString(Service.Protocol)} of VS {Service}";
}
