using Director.Net;

namespace Director.Checks;

/// <summary>A server's health as it is at a moment.</summary>
/// <param name="Key">The server.</param>
/// <param name="IsUp">Whether all its checks pass.</param>
/// <param name="Checks">Its checks, in the order of the configuration.</param>
public sealed record ServerSnapshot(RealServerKey Key, bool IsUp, IReadOnlyList<CheckSnapshot> Checks);
