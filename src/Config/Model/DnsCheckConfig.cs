namespace Director.Config;

/// <summary>A <c>DNS_CHECK</c>: passes when a question is answered without an error.</summary>
/// <param name="Connection">Whom it asks.</param>
/// <param name="Type"><c>type</c>, in capitals, such as <c>SOA</c>.</param>
/// <param name="Name"><c>name</c>; <c>.</c> is the root.</param>
/// <param name="Timing">When.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record DnsCheckConfig(
    ConnectionConfig Connection, string Type, string Name, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "DNS_CHECK";

    /// <inheritdoc/>
    public override string Shown => $"{Connection}, {Type} {Name}";
}
