using System.Globalization;
using Director.Net;

namespace Director.Config;

/// <summary>Where a check connects and from where.</summary>
/// <param name="Target"><c>connect_ip</c> and <c>connect_port</c>, or else the real server as written; port 0 only where the kind of check
/// has no ports.</param>
/// <param name="Timeout"><c>connect_timeout</c>, more than zero.</param>
public sealed record ConnectionConfig(Endpoint Target, TimeSpan Timeout)
{
    /// <summary><c>bindto</c>: source address, of the family of <see cref="Target"/>; null leaves it to the routes.</summary>
    public IpAddress128? BindTo { get; init; }

    /// <summary><c>bind_port</c>: source port; 0 leaves it to the kernel.</summary>
    public ushort BindPort { get; init; }

    /// <summary><c>bind_if</c>: the device that its packets take; null leaves it to the routes.</summary>
    public string? BindInterface { get; init; }

    /// <summary><c>fwmark</c>: the mark of its packets; 0 is none.</summary>
    public uint FirewallMark { get; init; }

    /// <summary>As it is told in a reload's plan.</summary>
    public override string ToString()
    {
        var source = BindTo?.ToString() ?? "any";
        if (BindPort != 0) source += string.Create(CultureInfo.InvariantCulture, $" port {BindPort}");
        if (BindInterface is not null) source += $" dev {BindInterface}";
        if (FirewallMark != 0) source += string.Create(CultureInfo.InvariantCulture, $" fwmark {FirewallMark}");
        return $"{Target} from {source}, timeout {Timeout}";
    }
}
