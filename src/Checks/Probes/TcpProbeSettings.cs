using Director.Net;

namespace Director.Checks.Probes;

/// <summary><c>TCP_CHECK</c>: a connection is made and closed at once.</summary>
/// <param name="Target"><c>connect_ip</c> and <c>connect_port</c>, or else the real server itself.</param>
/// <param name="ConnectTimeout"><c>connect_timeout</c>, more than zero.</param>
/// <param name="BindTo"><c>bindto</c>: the source address; null leaves it to the routes.</param>
/// <param name="BindPort"><c>bind_port</c>: the source port; 0 leaves it to the kernel.</param>
public sealed record TcpProbeSettings(Endpoint Target, TimeSpan ConnectTimeout, IpAddress128? BindTo = null, ushort BindPort = 0)
    : ProbeSettings;
