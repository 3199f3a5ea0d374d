using Director.Net;

namespace Director.Checks;

/// <summary>A server came up or went down: all its checks pass now, or the first of them failed.</summary>
/// <param name="Server">The server.</param>
/// <param name="IsUp">Whether it is up now.</param>
/// <param name="Line">
/// Such as <c>[192.0.2.133]:tcp:80 of VS [192.0.2.130]:tcp:80 is down</c>; the check that decided was reported before.
/// </param>
public sealed record HealthChanged(RealServerKey Server, bool IsUp, string Line) : CheckEvent(Server, Line);
