using Director.Net;

namespace Director.Checks;

/// <summary>A check came to another conclusion than before, or to its first. Told before what becomes of the server.</summary>
/// <param name="Server">The server.</param>
/// <param name="Passed">Whether it passes now.</param>
/// <param name="Line">Such as <c>TCP_CHECK on service [192.0.2.133]:tcp:80 failed after 3 retries.</c></param>
/// <param name="Reason">Why the last attempt failed; null if it did not.</param>
public sealed record CheckConcluded(RealServerKey Server, bool Passed, string Line, string? Reason) : CheckEvent(Server, Line)
{
    /// <summary>Whether this is its first conclusion.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether the server is another for it, which is told next.</summary>
    public bool Decides { get; init; }

    /// <summary>Whether the same line has been told already, of the same machine in another service.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>What a mail says of it.</summary>
    public string Mail { get; init; } = "";
}
