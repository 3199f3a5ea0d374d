namespace Director.Checks.Probes;

/// <summary><c>UDP_CHECK</c>: a datagram is sent, and no ICMP error comes back; or a reply does, if it must.</summary>
/// <param name="Connection">Where to.</param>
public sealed record UdpProbeSettings(ConnectionSettings Connection) : ProbeSettings
{
    /// <summary><c>payload</c>, hexadecimal; null is 32 bytes of text.</summary>
    public string? Payload { get; init; }

    /// <summary><c>require_reply</c>: what a reply must begin with, of no bytes if it may be any; null if none need come.</summary>
    public BytePattern? Reply { get; init; }

    /// <summary><c>min_reply_length</c>, 0–65535.</summary>
    public int MinReplyLength { get; init; }

    /// <summary><c>max_reply_length</c>, 0–65535.</summary>
    public int MaxReplyLength { get; init; } = byte.MaxValue;

    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Connection.Timeout;

    /// <inheritdoc/>
    public override string Keyword => "UDP_CHECK";

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"UDP connection to {server} success.";

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) => $"UDP CHECK {(passed ? "succeed" : "failed")} on service";
}
