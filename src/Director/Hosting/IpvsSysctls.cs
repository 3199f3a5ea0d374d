using System.Globalization;
using Director.Config;
using Director.Datapath;
using Microsoft.Extensions.Configuration;

namespace Director.Hosting;

/// <summary>
/// What the kernel's IPVS lets an operator set by sysctl, under the same names and with the same defaults (Linux
/// Documentation/networking/ipvs-sysctl.rst), and the timeouts of <c>ipvsadm --set</c>, in seconds.
/// </summary>
internal sealed class IpvsSysctls
{
    private const int LongestTimeout = 31 * 24 * 3600;

    /// <summary>What a SYN does on a connection that it finds; <see cref="IpvsSettings.ConnReuseMode"/>.</summary>
    [ConfigurationKeyName("conn_reuse_mode")]
    public int ConnReuseMode { get; init; } = 1;

    /// <summary>1: connections of a server that leaves end at once.</summary>
    [ConfigurationKeyName("expire_nodest_conn")]
    public int ExpireNodestConn { get; init; }

    /// <summary>1: persistence does not lead to a server of weight 0.</summary>
    [ConfigurationKeyName("expire_quiescent_template")]
    public int ExpireQuiescentTemplate { get; init; }

    /// <summary>1: any segment but a RST starts a connection.</summary>
    [ConfigurationKeyName("sloppy_tcp")]
    public int SloppyTcp { get; init; }

    /// <summary>1: an ICMP error about no connection starts one.</summary>
    [ConfigurationKeyName("schedule_icmp")]
    public int ScheduleIcmp { get; init; }

    /// <summary>3: the SYN-flood defence is always on; 0: never. The modes that look at free memory are not there.</summary>
    [ConfigurationKeyName("secure_tcp")]
    public int SecureTcp { get; init; }

    /// <summary>Seconds after which lblc forgets a server that nobody asked for.</summary>
    [ConfigurationKeyName("lblc_expiration")]
    public int LblcExpiration { get; init; } = 24 * 3600;

    /// <summary>The same of lblcr, and seconds without a change after which its set loses a server.</summary>
    [ConfigurationKeyName("lblcr_expiration")]
    public int LblcrExpiration { get; init; } = 24 * 3600;

    /// <summary>
    /// Seconds without a packet after which a connection in ESTABLISHED ends; null leaves it to the configuration's <c>lvs_timeouts</c>.
    /// </summary>
    [ConfigurationKeyName("timeout_tcp")]
    public int? TimeoutTcp { get; init; }

    /// <summary>The same in FIN_WAIT.</summary>
    [ConfigurationKeyName("timeout_tcpfin")]
    public int? TimeoutTcpFin { get; init; }

    /// <summary>The same of a UDP flow.</summary>
    [ConfigurationKeyName("timeout_udp")]
    public int? TimeoutUdp { get; init; }

    /// <summary>The same for the packet path.</summary>
    public IpvsSettings ToSettings() => new()
    {
        ConnReuseMode = ConnReuseMode,
        ExpireNodestConn = ExpireNodestConn != 0,
        ExpireQuiescentTemplate = ExpireQuiescentTemplate != 0,
        SloppyTcp = SloppyTcp != 0,
        ScheduleIcmp = ScheduleIcmp != 0,
        SecureTcp = SecureTcp != 0,
        LblcExpiration = TimeSpan.FromSeconds(LblcExpiration),
        LblcrExpiration = TimeSpan.FromSeconds(LblcrExpiration),
    };

    /// <summary>The timeouts that are set.</summary>
    public LvsTimeoutsConfig ToTimeouts() => new(Span(TimeoutTcp), Span(TimeoutTcpFin), Span(TimeoutUdp));

    /// <summary>What is wrong with the values, a sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        (string Name, int? Value, int Low, int High)[] ranges =
        [
            ("conn_reuse_mode", ConnReuseMode, 0, 3),
            ("expire_nodest_conn", ExpireNodestConn, 0, 1),
            ("expire_quiescent_template", ExpireQuiescentTemplate, 0, 1),
            ("sloppy_tcp", SloppyTcp, 0, 1),
            ("schedule_icmp", ScheduleIcmp, 0, 1),
            ("lblc_expiration", LblcExpiration, 1, LongestTimeout),
            ("lblcr_expiration", LblcrExpiration, 1, LongestTimeout),
            ("timeout_tcp", TimeoutTcp, 1, LongestTimeout),
            ("timeout_tcpfin", TimeoutTcpFin, 1, LongestTimeout),
            ("timeout_udp", TimeoutUdp, 1, LongestTimeout),
        ];
        foreach (var (name, value, low, high) in ranges)
        {
            if (value < low || value > high)
                yield return string.Create(CultureInfo.InvariantCulture, $"Ipvs:{name} {value} is outside {low}–{high}");
        }

        if (SecureTcp is not (0 or 3))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Ipvs:secure_tcp {SecureTcp} is neither 0 (off) nor 3 (always on); modes that look at free memory are not supported");
        }
    }

    private static TimeSpan? Span(int? seconds) => seconds is { } set ? TimeSpan.FromSeconds(set) : null;
}
