namespace Director.Config;

/// <summary>A <c>PING_CHECK</c>: passes when an echo request is answered.</summary>
/// <param name="Connection">Whom it asks; there are no ports.</param>
/// <param name="Timing">When.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record PingCheckConfig(ConnectionConfig Connection, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "PING_CHECK";

    /// <inheritdoc/>
    public override string Shown => Connection.ToString();
}
