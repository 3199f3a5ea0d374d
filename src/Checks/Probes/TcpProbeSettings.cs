namespace Director.Checks.Probes;

/// <summary><c>TCP_CHECK</c>: a connection is made and closed at once.</summary>
/// <param name="Connection">Where to.</param>
public sealed record TcpProbeSettings(ConnectionSettings Connection) : ProbeSettings
{
    /// <inheritdoc/>
    public override string Keyword => "TCP_CHECK";

    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Connection.Timeout;

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"TCP connection to {server} success.";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) => $"TCP CHECK {(passed ? "succeed" : "failed")} on service";
}
