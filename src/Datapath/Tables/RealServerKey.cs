using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// What names a real server: the service it serves and its own endpoint. The same machine in two services is two servers.
/// </summary>
/// <param name="Service">The virtual service.</param>
/// <param name="Server">The server's address and port.</param>
public readonly record struct RealServerKey(ServiceKey Service, Endpoint Server);
