using Director.Net;

namespace Director.Checks;

/// <summary>
/// What makes two checks one: the same is tried, on the same terms, of the same machine, whichever services it serves. It is tried once,
/// and the result is all of theirs.
/// </summary>
/// <param name="Server">The machine.</param>
/// <param name="Settings">What is tried, and when.</param>
/// <param name="Needs">What it is suspended without; null if it never is.</param>
internal sealed record CheckIdentity(IpAddress128 Server, CheckSettings Settings, string? Needs);
