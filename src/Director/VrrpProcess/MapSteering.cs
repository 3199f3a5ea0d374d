using Director.Linux;
using Director.Linux.Xdp;
using Director.Net;
using Director.Vrrp.Ports;

namespace Director.VrrpProcess;

/// <summary>
/// Steering by the VIP map that the main process made, the epoch of its offloaded flows, and the links of its programs, which must outlive
/// it. Without a map there is nothing to steer. One thread.
/// </summary>
internal sealed class MapSteering : ISteering, IDisposable
{
    private readonly Action<string> _onProblem;
    private readonly HashSet<IpAddress128> _armed = [];
    private VipMap? _map;
    private FlowEpoch? _epoch;
    private FileDescriptor[] _links = [];

    /// <summary>Steering to nowhere, until <see cref="Replace"/>.</summary>
    public MapSteering(Action<string> onProblem) => _onProblem = onProblem;

    /// <summary>
    /// Takes over descriptors: those before are closed after these work, so that the programs never go. What is armed stays armed.
    /// </summary>
    public void Replace(VipMap? map, FlowEpoch? epoch, FileDescriptor[] links)
    {
        var (oldMap, oldEpoch, oldLinks) = (_map, _epoch, _links);
        (_map, _epoch, _links) = (map, epoch, links);
        foreach (var address in _armed) Try(vips => vips.Arm(address));
        oldMap?.Dispose();
        oldEpoch?.Dispose();
        foreach (var link in oldLinks) link.Dispose();
    }

    /// <inheritdoc/>
    public bool Arm(IpAddress128 address)
    {
        _armed.Add(address);
        return Try(map => map.Arm(address));
    }

    /// <summary>
    /// Leaves an address to the host, and ends the epoch: offloaded flows are forwarded without a look at the VIPs. Those of addresses that
    /// stay are opened again by the main process.
    /// </summary>
    public bool Disarm(IpAddress128 address)
    {
        _armed.Remove(address);
        var isDisarmed = Try(map => map.Disarm(address));
        _epoch?.MoveOn();
        return isDisarmed;
    }

    /// <summary>Lets go of the map and the programs; the addresses are to be disarmed before.</summary>
    public void Dispose() => Replace(null, null, []);

    private bool Try(Action<VipMap> change)
    {
        if (_map is null) return true;
        try
        {
            change(_map);
            return true;
        }
        catch (LinuxException refusal)
        {
            _onProblem(refusal.Message);
            return false;
        }
    }
}
