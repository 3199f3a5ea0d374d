using System.Globalization;
using Director.Linux;
using Director.Linux.Xdp;

namespace Director.Hosting;

/// <content>
/// What becomes of the devices while they are stood on: they are deleted and made again, get other queues or another MTU, lose their
/// program. Connections stay through all of it; ports are opened anew where their sockets are of what there was.
/// </content>
internal sealed partial class Forwarding
{
    private readonly HashSet<string> _missing = [];
    private bool _arePortsOutdated;
    private bool _areDevicesOthers;

    private int FewestQueues => _source.Devices.Min(device => device.RxQueues);

    /// <inheritdoc/>
    public string? FindChange()
    {
        foreach (var before in _devices)
        {
            var now = XdpDevice.Find(before.Name);
            if (before.Vlan != 0 && now?.Index != before.LinkIndex) return $"{before.Name}, a VLAN that is served, is gone";
            if (now is null) continue;
            if (now.Index == before.LinkIndex && now.Mac != before.Address)
                return $"{now.Name} has become {now.Mac}, and the datapath stands on {before.Address}";
            if (before.Vlan == 0 && _source.MaxWorkersOf(now.RxQueues) < _workers.Count)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"{now.Name} has {now.RxQueues} receive queue(s) now, and {_workers.Count} workers need one each");
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Repair()
    {
        var done = new List<string>();
        for (var number = 0; number < _source.Devices.Count; number++) Repair(number, done);
        for (var number = 0; number < _devices.Length; number++) TakeIn(number, done);
        if (_areDevicesOthers) _offload.Renew(_source.Devices);
        _areDevicesOthers = false;
        // One that is missing has no queue to open; the others go on as they are.
        if (!_arePortsOutdated || _missing.Count > 0) return done;
        OpenPortsAnew();
        _arePortsOutdated = false;
        return done;
    }

    private void Repair(int number, List<string> done)
    {
        var before = _source.Devices[number];
        if (XdpDevice.Find(before.Name) is not { } now)
        {
            if (_missing.Add(before.Name)) done.Add($"{before.Name} is gone: it is served again when there is one of that name");
            return;
        }

        var isNew = _missing.Remove(before.Name) || now.Index != before.Index;
        _areDevicesOthers |= isNew || now != before;
        if (isNew || now != before) _source.Renew(number, now);
        if (_source.TryReattach(number)) done.Add($"somebody took the steering program off {now.Name}: it is attached again");
        if (isNew) done.Add($"{now.Name} was made again: it is served as it is now");
        else if (now.RxQueues != before.RxQueues) done.Add(QueuesChanged(before, now));
        // A packet ring has slots for the MTU that it was opened for.
        _arePortsOutdated |= isNew || now.RxQueues != before.RxQueues || (_mode == DatapathMode.Packet && now.Mtu > before.Mtu);
    }

    /// <summary>A VLAN is no device of the source's, and has an MTU of its own.</summary>
    private void TakeIn(int number, List<string> done)
    {
        var before = _devices[number];
        if (XdpDevice.Find(before.Name) is not { } now) return;
        _devices[number] = before with { LinkIndex = now.Index, Address = now.Mac, Mtu = now.Mtu };
        if (now.Mtu != before.Mtu) done.Add(MtuChanged(now));
    }

    /// <summary>
    /// Gives every worker a port on the devices as they are now. What comes meanwhile is dropped, as at a start. The network card may
    /// spread flows over the workers otherwise than before.
    /// </summary>
    private void OpenPortsAnew()
    {
        foreach (var worker in _workers) worker.Stop();
        foreach (var worker in _workers) worker.ClosePort();
        foreach (var worker in _workers) worker.MoveTo(_source.Open(worker.Number, _workers.Count, _host));
        _peers.NoteMoved(MonotonicClock.Instance.Now);
        Run();
    }

    private string QueuesChanged(XdpDevice before, XdpDevice now) => string.Create(CultureInfo.InvariantCulture,
        $"{now.Name} has {now.RxQueues} receive queue(s) now and had {before.RxQueues}: {_workers.Count} worker(s) serve them");

    private string MtuChanged(XdpDevice now) => _mode == DatapathMode.Packet || now.Mtu <= XdpLimits.MaxMtu
        ? string.Create(CultureInfo.InvariantCulture, $"{now.Name} has an MTU of {now.Mtu} now")
        : string.Create(CultureInfo.InvariantCulture,
            $"{now.Name} has an MTU of {now.Mtu} now, and a frame takes {XdpLimits.MaxMtu}: longer packets are dropped; "
            + $"`ip link set dev {now.Name} mtu 1500`, or start again with Datapath:Mode=packet");
}
