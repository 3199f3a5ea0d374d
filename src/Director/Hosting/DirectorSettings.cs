namespace Director.Hosting;

/// <summary>
/// What belongs to this host rather than to the service: director.json, <c>DIRECTOR_*</c> and <c>--set</c>, last wins. The
/// keepalived.conf says what to serve; this says how.
/// </summary>
internal sealed class DirectorSettings
{
    /// <summary>The packet path.</summary>
    public DatapathSettings Datapath { get; init; } = new();

    /// <summary>What IPVS has sysctls for.</summary>
    public IpvsSysctls Ipvs { get; init; } = new();

    /// <summary>How mail is sent.</summary>
    public MailSettings Mail { get; init; } = new();

    /// <summary>The log.</summary>
    public LogSettings Log { get; init; } = new();

    /// <summary>What is wrong with the values, a sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Validate() => [.. Datapath.Validate(), .. Ipvs.Validate(), .. Mail.Validate()];
}
