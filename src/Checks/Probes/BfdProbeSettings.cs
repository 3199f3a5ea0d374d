namespace Director.Checks.Probes;

/// <summary>
/// <c>BFD_CHECK</c>: nothing is tried; whoever runs the BFD session tells whether it is up (<see cref="CheckRunner.Tell"/>).
/// </summary>
/// <param name="Session">The name of the <c>bfd_instance</c>.</param>
public sealed record BfdProbeSettings(string Session) : ProbeSettings
{
    /// <inheritdoc/>
    public override bool IsTold => true;
}
