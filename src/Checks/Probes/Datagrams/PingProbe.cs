using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>
/// Sends an echo request and waits for its reply (keepalived check/check_ping.c), by a socket that takes no privilege
/// (<c>net.ipv4.ping_group_range</c>, icmp(7)) or else a raw one. Attempts do not overlap.
/// </summary>
/// <param name="settings">What is tried.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class PingProbe(PingProbeSettings settings, TimeProvider time) : IProbe
{
    private const int LongestIpHeader = 60;

    private readonly ushort _id = (ushort)Random.Shared.Next(ushort.MaxValue + 1);
    private ushort _sequence;

    /// <inheritdoc/>
    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        var isV4 = settings.Connection.Target.Address.IsV4;
        var protocol = isV4 ? ProtocolType.Icmp : ProtocolType.IcmpV6;
        var isRaw = false;
        var socket = ProbeSocket.TryOpen(settings.Connection, SocketType.Dgram, protocol, out var problem);
        if (socket is null)
        {
            isRaw = true;
            socket = ProbeSocket.TryOpen(settings.Connection, SocketType.Raw, protocol, out _);
        }

        using (socket)
        {
            if (socket is null) return problem;
            var sequence = ++_sequence;
            return await DatagramExchange.RunAsync(socket, settings.Connection, time, IcmpEcho.Request(isV4, _id, sequence),
                LongestIpHeader + IcmpEcho.HeaderSize + ProbeText.UsualLength,
                packet => IcmpEcho.IsReply(packet, isV4, isRaw && isV4, isRaw ? _id : null, sequence) ? ProbeResult.Success : null,
                null, cancellation).ConfigureAwait(false);
        }
    }
}
