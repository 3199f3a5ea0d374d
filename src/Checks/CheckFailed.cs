using Director.Net;

namespace Director.Checks;

/// <summary>An attempt failed that changed nothing; told only of checks with <see cref="CheckSettings.LogsAllFailures"/>.</summary>
/// <param name="Server">The server.</param>
/// <param name="Line">For the log, with the reason.</param>
public sealed record CheckFailed(RealServerKey Server, string Line) : CheckEvent(Server, Line);
