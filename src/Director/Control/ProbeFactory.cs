using Director.Checks.Probes;
using Director.Linux.Processes;
using Director.Trackers;

namespace Director.Control;

/// <summary>Makes the probe for what a check tries.</summary>
/// <param name="spawner">Who starts the scripts of checks.</param>
/// <param name="time">The clock of their timeouts.</param>
internal sealed class ProbeFactory(ChildSpawner spawner, TimeProvider time)
{
    /// <summary>The probe; each kind of check that is tried has one.</summary>
    public IProbe Make(ProbeSettings settings) => settings switch
    {
        TcpProbeSettings tcp => new TcpProbe(tcp, time),
        HttpProbeSettings http => new HttpProbe(http, time),
        SmtpProbeSettings smtp => new SmtpProbe(smtp, time),
        DnsProbeSettings dns => new DnsProbe(dns, time),
        UdpProbeSettings udp => new UdpProbe(udp, time),
        PingProbeSettings ping => new PingProbe(ping, time),
        ScriptProbeSettings script => new ScriptProbe(script, spawner, time),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Keyword, "no probe makes this check"),
    };
}
