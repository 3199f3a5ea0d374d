namespace Director.Admin;

/// <summary>One check of a real server.</summary>
/// <param name="Kind">Such as <c>TCP_CHECK</c>.</param>
/// <param name="Passes">Whether it passes, or counts as passing until it has been made.</param>
/// <param name="Concluded">Whether an attempt has said anything yet.</param>
/// <param name="Reason">Why the last attempt failed; null if it did not.</param>
/// <param name="Failures">Forgiven failures in a row; of one that has not been made its <c>retry</c>.</param>
/// <param name="Retries"><c>retry</c>.</param>
/// <param name="Attempts">Attempts that have ended.</param>
/// <param name="LastSecondsAgo">Age of the last of them; null if there was none.</param>
/// <param name="LastMilliseconds">How long it took.</param>
/// <param name="NextInSeconds">Time to the next; 0 if it is being made, null of one that is told and never tried.</param>
/// <param name="Overdue">Whether no result has come for three periods.</param>
/// <param name="Suspended">Whether it is not made, as no VIP of the service is on this host (<c>ha_suspend</c>).</param>
/// <param name="Services">How many services' check it is.</param>
internal sealed record CheckStatus(
    string Kind,
    bool Passes,
    bool Concluded,
    string? Reason,
    int Failures,
    int Retries,
    long Attempts,
    double? LastSecondsAgo,
    double? LastMilliseconds,
    double? NextInSeconds,
    bool Overdue,
    bool Suspended,
    int Services);
