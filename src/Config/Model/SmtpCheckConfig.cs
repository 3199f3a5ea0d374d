namespace Director.Config;

/// <summary>An <c>SMTP_CHECK</c>: passes when the server greets, and answers HELO and QUIT.</summary>
/// <param name="Connection">Where it connects.</param>
/// <param name="HeloName"><c>helo_name</c>: whom it says it is.</param>
/// <param name="Timing">When.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record SmtpCheckConfig(ConnectionConfig Connection, string HeloName, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "SMTP_CHECK";

    /// <inheritdoc/>
    public override string Shown => $"{Connection}, helo {HeloName}";
}
