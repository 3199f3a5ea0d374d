using Director.Net;

namespace Director.Checks;

/// <summary>A server's checks want another weight for it than before. It holds while the server is up.</summary>
/// <param name="Server">The server.</param>
/// <param name="Shift">What is to be made of the configured weight.</param>
/// <param name="Line">For the log.</param>
public sealed record WeightShifted(RealServerKey Server, WeightShift Shift, string Line) : CheckEvent(Server, Line);
