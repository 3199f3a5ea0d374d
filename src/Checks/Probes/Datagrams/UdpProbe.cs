using System.Globalization;
using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>
/// Sends a datagram. Silence for the whole timeout is a success, unless a reply must come (keepalived check/check_udp.c).
/// </summary>
/// <param name="settings">What is tried.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class UdpProbe(UdpProbeSettings settings, TimeProvider time) : IProbe
{
    private readonly byte[] _payload = settings.Payload is { } hex ? Convert.FromHexString(hex) : ProbeText.Bytes(ProbeText.UsualLength);

    /// <inheritdoc/>
    public Task<ProbeResult> RunAsync(CancellationToken cancellation) => DatagramExchange.RunAsync(
        settings.Connection, SocketType.Dgram, ProtocolType.Udp, time, _payload, settings.MaxReplyLength + 1,
        reply => Verdict(settings, reply), settings.Reply is null ? ProbeResult.Success : null, cancellation);

    /// <summary>What a reply says, of which at least one byte more than the longest allowed is known.</summary>
    internal static ProbeResult Verdict(UdpProbeSettings settings, ReadOnlySpan<byte> reply)
    {
        if (settings.Reply is not { } wanted) return ProbeResult.Success;
        if (reply.Length < settings.MinReplyLength)
            return ProbeResult.Failure(string.Create(CultureInfo.InvariantCulture, $"a reply of {reply.Length} bytes is too short"));
        if (reply.Length > settings.MaxReplyLength)
            return ProbeResult.Failure(string.Create(CultureInfo.InvariantCulture, $"a reply of over {settings.MaxReplyLength} bytes"));
        return wanted.Matches(reply) ? ProbeResult.Success : ProbeResult.Failure("another reply than is required");
    }
}
