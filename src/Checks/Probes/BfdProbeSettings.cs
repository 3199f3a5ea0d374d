namespace Director.Checks.Probes;

/// <summary>
/// <c>BFD_CHECK</c>: nothing is tried; whoever runs the BFD session tells whether it is up (<see cref="CheckRunner.Tell"/>).
/// </summary>
/// <param name="Session">The name of the <c>bfd_instance</c>.</param>
public sealed record BfdProbeSettings(string Session) : ProbeSettings
{
    /// <inheritdoc/>
    public override string Keyword => "BFD_CHECK";

    /// <inheritdoc/>
    public override bool IsTold => true;

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"BFD check of [{Session}] RS({server}) is UP";

    /// <inheritdoc/>
    public override string FailedLine(string server, int retries) => $"BFD check of [{Session}] RS({server}) is DOWN";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) => $"BFD CHECK {Session} {(passed ? "succeeded" : "failed")} on service";
}
