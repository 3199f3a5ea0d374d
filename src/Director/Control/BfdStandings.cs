using Director.Bfd;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>
/// What the VRRP process told of BFD sessions, and what health checks are to believe of it. A session that has just begun is not up, and
/// that says nothing about its neighbour yet: for <see cref="Patience"/> it is what it was before, so that neither a start nor an heir of
/// the VRRP process takes a server away that is well. The control loop's own.
/// </summary>
internal sealed class BfdStandings(TimeProvider time)
{
    /// <summary>How long a session may take to come up that has just begun: some packets at one a second each way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Standing> _sessions = [];

    /// <summary>What was told of a session last, and since when it is in that state, UTC; null if nothing was.</summary>
    public (BfdSessionReport Report, DateTimeOffset Since)? Of(string session) =>
        _sessions.TryGetValue(session, out var standing) ? (standing.Report, standing.Since) : null;

    /// <summary>What checks believe: null if that is not known yet.</summary>
    public bool? IsUp(string session) => _sessions.TryGetValue(session, out var standing) ? standing.Believed : null;

    /// <summary>Takes in what was told.</summary>
    public void Apply(BfdSessionReport report)
    {
        var (now, age) = (time.GetUtcNow(), time.GetTimestamp());
        var before = _sessions.GetValueOrDefault(report.Session);
        // Counters that have gone back are another session's, of an heir or of a changed configuration.
        var isNew = before is null || report.Counters.PacketsSent < before.Report.Counters.PacketsSent
            || report.Counters.WentUp < before.Report.Counters.WentUp;
        var began = isNew ? age : before!.Began;
        var since = !isNew && before!.Report.State == report.State ? before.Since : now;
        var isUp = report.State == BfdState.Up;
        var isWaitedFor = !isUp && report.Counters.WentUp == 0 && time.GetElapsedTime(began, age) < Patience;
        _sessions[report.Session] = new(report, began, since, isWaitedFor ? before?.Believed : isUp);
    }

    /// <summary>Forgets sessions that are not configured any more.</summary>
    public void Keep(IEnumerable<string> sessions)
    {
        foreach (var gone in _sessions.Keys.Except(sessions).ToList()) _sessions.Remove(gone);
    }

    private sealed record Standing(BfdSessionReport Report, long Began, DateTimeOffset Since, bool? Believed);
}
