using Director.Checks.Probes;

namespace Director.Trackers;

/// <summary><c>MISC_CHECK</c>: a script is run.</summary>
/// <param name="Script">What, on this host. Two that are run in the same way are the same.</param>
/// <param name="Timeout">How long it may run, more than zero.</param>
/// <param name="IsDynamic">Whether exit codes from 2 on are weights.</param>
internal sealed record ScriptProbeSettings(ResolvedScript Script, TimeSpan Timeout, bool IsDynamic) : ProbeSettings
{
    /// <inheritdoc/>
    public override string Keyword => "MISC_CHECK";

    /// <inheritdoc/>
    public override bool CountsFromStart => true;

    /// <inheritdoc/>
    public override bool IsProcess => true;

    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Timeout;

    private string Program => Script.Command?.Program ?? "a script";

    /// <inheritdoc/>
    public bool Equals(ScriptProbeSettings? other) => other is not null
        && (Script.Identity, Timeout, IsDynamic) == (other.Script.Identity, other.Timeout, other.IsDynamic);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Script.Identity, Timeout, IsDynamic);

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"Misc check to {server} for [{Program}] success.";

    /// <inheritdoc/>
    public override string FailedLine(string server, int retries) => $"Misc check to {server} for [{Program}] failed.";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) =>
        $"MISC CHECK {(passed ? "succeeded" : reason == ScriptProbe.TimedOut ? "timed out" : "failed")} on service";
}
