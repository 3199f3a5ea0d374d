using Director.Net;

namespace Director.Checks;

/// <summary>No result of a check has come for three of its periods, or one has come again after that.</summary>
/// <param name="Server">A server whose check it is.</param>
/// <param name="IsOverdue">Whether it is overdue now.</param>
/// <param name="Line">For the log.</param>
public sealed record CheckOverdue(RealServerKey Server, bool IsOverdue, string Line) : CheckEvent(Server, Line);
