namespace Director.Checks.Probes;

/// <summary><c>SMTP_CHECK</c>: the server greets, answers a HELO and a QUIT.</summary>
/// <param name="Connection">Where it connects.</param>
/// <param name="HeloName"><c>helo_name</c>: whom the client says it is.</param>
public sealed record SmtpProbeSettings(ConnectionSettings Connection, string HeloName) : ProbeSettings
{
    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Connection.Timeout * SmtpProbe.TimeoutsInAll;

    /// <inheritdoc/>
    public override string Keyword => "SMTP_CHECK";

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"Remote SMTP server {server} succeed on service.";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) =>
        passed ? "CHECK succeed on service" : $"CHECK failed on service : {reason}";
}
