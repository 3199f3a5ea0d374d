using Director.Control;
using Director.Linux;
using Director.Linux.Xdp;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>Frames by AF_XDP: the steering program on each device, a socket on each queue.</summary>
internal sealed class XdpSource : IFrameSource
{
    private readonly Steering _steering;
    private readonly XskOptions _options;

    /// <summary>Attaches to the devices, of which VLANs are the last and stand on others; nothing is steered yet.</summary>
    /// <exception cref="LinuxException">The kernel refused; the steering's owner lets go of what was attached.</exception>
    public XdpSource(Steering steering, IReadOnlyList<PortDevice> devices, XdpMode mode, DatapathSettings settings, ILogger log)
    {
        (_steering, _options) = (steering, OptionsOf(settings));
        for (var number = 0; number < devices.Count && devices[number].Vlan == 0; number++)
        {
            var device = devices[number];
            ushort[] vlans = [.. devices.Where(vlan => vlan.Vlan != 0 && vlan.Carrier == number).Select(vlan => vlan.Vlan)];
            var steered = Attach(device, mode, vlans);
            log.LogInformation("{Device}: steering program attached, {Mode} XDP, {Queues} RX queue(s){Vlans}", device.Name,
                steered.Mode.ToString().ToLowerInvariant(), steered.Device.RxQueues,
                vlans.Length == 0 ? "" : ", VLAN " + string.Join(", ", vlans));
        }
    }

    /// <inheritdoc/>
    public string CounterPrefix => "xdp.";

    /// <inheritdoc/>
    public IReadOnlyList<XdpDevice> Devices => [.. _steering.Devices.Select(steered => steered.Device)];

    /// <inheritdoc/>
    public int MaxWorkersOf(int queues) => queues;

    /// <inheritdoc/>
    public IEnumerable<int> LinkHandles => _steering.Devices.Select(device => device.LinkHandle);

    /// <summary>Bytes of memory that the kernel will lock for frames, if every queue of these devices is served.</summary>
    public static ulong LockedBytes(IReadOnlyList<PortDevice> devices, DatapathSettings settings)
    {
        var queues = devices.Where(device => device.Vlan == 0).Select(device => XdpDevice.Open(device.Name).RxQueues).ToList();
        return queues.Count == 0 ? 0 : XskPort.LockedBytes(queues.Sum(), queues.Min(), OptionsOf(settings));
    }

    /// <inheritdoc/>
    public IWorkerPort Open(int worker, int workers, IHostPort host)
    {
        try
        {
            return new XdpWorkerPort(XskPort.Open(_steering.Devices, worker, workers, _options, host));
        }
        catch (LinuxException refusal) when (refusal.IsNotSupported && _steering.Devices.Count > 1)
        {
            // One device's driver can do without copies and another's cannot: sharing their memory takes copies for both.
            return new XdpWorkerPort(XskPort.Open(_steering.Devices, worker, workers, _options with { ForceCopy = true }, host));
        }
    }

    /// <inheritdoc/>
    public void Renew(int number, XdpDevice now) => _steering.Renew(_steering.Devices[number], now);

    /// <inheritdoc/>
    public bool TryReattach(int number) => _steering.Devices[number].TryReattach();

    /// <inheritdoc/>
    public long Count(SteeringCounter counter) => _steering.Devices.Sum(device => (long)device.Counts()[counter]);

    private SteeredDevice Attach(PortDevice device, XdpMode mode, ushort[] vlans)
    {
        try
        {
            return _steering.Attach(XdpDevice.Open(device.Name), mode, vlans);
        }
        catch (LinuxException refusal) when (device.NeededBy is { } place)
        {
            throw refusal.NeededBy(place);
        }
    }

    private static XskOptions OptionsOf(DatapathSettings settings) => new() { RingEntries = settings.RingEntries };
}
