using System.Globalization;

namespace Director.Config;

/// <summary>A <c>UDP_CHECK</c>: passes when a datagram brings no ICMP error, or the reply that it must.</summary>
/// <param name="Connection">Where it is sent.</param>
/// <param name="Timing">When.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record UdpCheckConfig(ConnectionConfig Connection, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <summary><c>payload</c>: two hexadecimal digits for each byte; null is 32 bytes of text.</summary>
    public string? Payload { get; init; }

    /// <summary>
    /// <c>require_reply</c>: what a reply begins with, two hexadecimal digits for each byte, <c>x</c> for any; empty if it may be any, null
    /// if none need come.
    /// </summary>
    public string? Reply { get; init; }

    /// <summary><c>min_reply_length</c>, bytes.</summary>
    public int MinReplyLength { get; init; }

    /// <summary><c>max_reply_length</c>, bytes.</summary>
    public int MaxReplyLength { get; init; } = byte.MaxValue;

    /// <inheritdoc/>
    public override string Keyword => "UDP_CHECK";

    /// <inheritdoc/>
    public override string Shown => $"{Connection}, payload {Payload ?? "usual"}" + (Reply is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $", require_reply '{Reply}' of {MinReplyLength} to {MaxReplyLength} bytes"));
}
