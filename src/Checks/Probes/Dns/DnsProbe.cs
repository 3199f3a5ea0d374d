using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>Asks a DNS server one question by UDP; no answer within the timeout is a failure (keepalived check/check_dns.c).</summary>
/// <param name="settings">What is asked.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class DnsProbe(DnsProbeSettings settings, TimeProvider time) : IProbe
{
    /// <summary>Longest answer without extensions (RFC 1035 §2.3.4); what is behind the header does not matter.</summary>
    private const int AnswerBytes = 512;

    /// <inheritdoc/>
    public Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        var id = (ushort)Random.Shared.Next(ushort.MaxValue + 1);
        var question = new byte[DnsMessage.LongestQuestion];
        var length = DnsMessage.WriteQuestion(question, id, settings.Type, settings.Name);
        return DatagramExchange.RunAsync(settings.Connection, SocketType.Dgram, ProtocolType.Udp, time,
            question.AsMemory(0, length), AnswerBytes, answer => DnsMessage.Verdict(answer, id), null, cancellation);
    }
}
