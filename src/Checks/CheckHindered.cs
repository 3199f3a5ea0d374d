using Director.Net;

namespace Director.Checks;

/// <summary>
/// This host can no longer try a check, so its state stands still; said once, until an attempt could be made again.
/// </summary>
/// <param name="Server">The server.</param>
/// <param name="Line">For the log, with the reason.</param>
public sealed record CheckHindered(RealServerKey Server, string Line) : CheckEvent(Server, Line);
