namespace Director.Config;

/// <summary>A <c>TCP_CHECK</c>: passes when a connection can be made.</summary>
/// <param name="Connection">Where it connects.</param>
/// <param name="Timing">When.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record TcpCheckConfig(ConnectionConfig Connection, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "TCP_CHECK";

    /// <inheritdoc/>
    public override string Shown => Connection.ToString();
}
