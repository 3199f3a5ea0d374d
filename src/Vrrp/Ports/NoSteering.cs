using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>Where there is no datapath to steer to: failover alone.</summary>
public sealed class NoSteering : ISteering
{
    /// <summary>The only one.</summary>
    public static NoSteering Instance { get; } = new();

    /// <inheritdoc/>
    public bool Arm(IpAddress128 address) => true;

    /// <inheritdoc/>
    public bool Disarm(IpAddress128 address) => true;
}
