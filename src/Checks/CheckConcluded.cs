using Director.Net;

namespace Director.Checks;

/// <summary>A check came to another conclusion than before, or to its first.</summary>
/// <param name="Server">The server.</param>
/// <param name="Passed">Whether it passes now.</param>
/// <param name="Line">Such as <c>TCP_CHECK on service [192.0.2.133]:tcp:80 failed after 3 retries.</c></param>
/// <param name="Reason">Why the last attempt failed; null if it did not.</param>
public sealed record CheckConcluded(RealServerKey Server, bool Passed, string Line, string? Reason) : CheckEvent(Server, Line);
