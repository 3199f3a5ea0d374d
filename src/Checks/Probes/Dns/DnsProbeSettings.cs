namespace Director.Checks.Probes;

/// <summary><c>DNS_CHECK</c>: a question by UDP is answered without an error.</summary>
/// <param name="Connection">Where it asks.</param>
/// <param name="Type"><c>type</c>.</param>
/// <param name="Name"><c>name</c>; <c>.</c> is the root.</param>
public sealed record DnsProbeSettings(ConnectionSettings Connection, DnsRecordType Type, string Name) : ProbeSettings
{
    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Connection.Timeout;

    /// <inheritdoc/>
    public override string Keyword => "DNS_CHECK";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) => $"DNS_CHECK: {(passed ? "succeed" : "failed")} on service";
}
