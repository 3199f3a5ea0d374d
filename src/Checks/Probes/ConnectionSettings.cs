using Director.Net;

namespace Director.Checks.Probes;

/// <summary>Where a probe connects and from where.</summary>
/// <param name="Target"><c>connect_ip</c> and <c>connect_port</c>, or else the real server itself.</param>
/// <param name="Timeout"><c>connect_timeout</c>, more than zero.</param>
public sealed record ConnectionSettings(Endpoint Target, TimeSpan Timeout)
{
    /// <summary><c>bindto</c>: the source address; null leaves it to the routes.</summary>
    public IpAddress128? BindTo { get; init; }

    /// <summary><c>bind_port</c>: the source port; 0 leaves it to the kernel.</summary>
    public ushort BindPort { get; init; }

    /// <summary><c>bind_if</c>: the device that its packets take; null leaves it to the routes.</summary>
    public string? BindInterface { get; init; }

    /// <summary><c>fwmark</c>: the mark of its packets; 0 is none.</summary>
    public uint FirewallMark { get; init; }
}
