using Director.Net;

namespace Director.Checks;

/// <summary>A real server and its checks; without any it is always up.</summary>
/// <param name="Key">The server.</param>
/// <param name="Checks">Its checks: it is up when all of them are.</param>
public sealed record ServerChecks(RealServerKey Key, IReadOnlyList<CheckSettings> Checks)
{
    /// <summary>
    /// <c>ha_suspend</c>: what must be on this host for the checks to be made (<see cref="CheckRunner.Suspend"/>); null if they always are.
    /// </summary>
    public string? Needs { get; init; }
}
