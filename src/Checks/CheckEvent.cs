using Director.Net;

namespace Director.Checks;

/// <summary>What a <see cref="CheckRunner"/> tells: only transitions, never the same thing twice.</summary>
/// <param name="Server">The server that it is about.</param>
/// <param name="Line">For the log, worded as keepalived words it.</param>
public abstract record CheckEvent(RealServerKey Server, string Line);
