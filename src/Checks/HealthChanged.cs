namespace Director.Checks;

/// <summary>A server came up or went down: all its checks pass now, or the first of them failed.</summary>
/// <param name="Server">The server.</param>
/// <param name="IsUp">Whether it is up now.</param>
/// <param name="Line">The line of the check that decided, or what a reload did.</param>
public sealed record HealthChanged(ServerKey Server, bool IsUp, string Line) : CheckEvent(Server, Line);
