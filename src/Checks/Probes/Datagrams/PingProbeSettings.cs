namespace Director.Checks.Probes;

/// <summary><c>PING_CHECK</c>: an echo request is answered.</summary>
/// <param name="Connection">Whom it asks; ports mean nothing.</param>
public sealed record PingProbeSettings(ConnectionSettings Connection) : ProbeSettings
{
    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Connection.Timeout;

    /// <inheritdoc/>
    public override string Keyword => "PING_CHECK";

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"ICMP connection to {server} success.";

    /// <inheritdoc/>
    public override string FailedLine(string server, int retries) =>
        base.FailedLine(server, retries).Replace(Keyword, "ICMP CHECK", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) => $"ICMP CHECK {(passed ? "succeed" : "failed")} on service";
}
