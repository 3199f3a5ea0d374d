using Director.Control;
using Director.Linux;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>Frames by AF_PACKET: each device tapped, and the host kept from what is steered.</summary>
internal sealed class PacketSource : IFrameSource
{
    private readonly Steering _steering;
    private readonly PacketOptions _options;

    /// <summary>Attaches to the devices; nothing is steered yet.</summary>
    /// <exception cref="LinuxException">The kernel refused; the steering's owner lets go of what was attached.</exception>
    public PacketSource(Steering steering, IReadOnlyList<PortDevice> devices, DatapathSettings settings, ILogger log)
    {
        (_steering, _options) = (steering, new() { RingEntries = settings.RingEntries });
        foreach (var device in devices)
        {
            var tapped = steering.Tap(XdpDevice.Open(device.Name));
            log.LogInformation("{Device}: tapped, the host is kept off by {Shield}, {Queues} RX queue(s)", device.Name,
                tapped.LinkHandle is null ? "a clsact filter" : "a tcx link", tapped.Device.RxQueues);
        }
    }

    /// <inheritdoc/>
    public string CounterPrefix => "tap.";

    /// <inheritdoc/>
    public IReadOnlyList<XdpDevice> Devices => [.. _steering.Taps.Select(tapped => tapped.Device)];

    /// <inheritdoc/>
    public int MaxWorkersOf(int queues) => PacketLimits.MaxWorkers;

    /// <inheritdoc/>
    public IEnumerable<int> LinkHandles => _steering.Taps.Select(tapped => tapped.LinkHandle).OfType<int>();

    /// <inheritdoc/>
    public IWorkerPort Open(int worker, int workers, IHostPort host) =>
        new PacketWorkerPort(PacketPort.Open(_steering.Taps, workers, _options, host), worker);

    /// <inheritdoc/>
    public void Renew(int number, XdpDevice now) => _steering.Renew(_steering.Taps[number], now);

    /// <inheritdoc/>
    public bool TryReattach(int number) => _steering.Taps[number].TryReattach();

    /// <inheritdoc/>
    public long Count(SteeringCounter counter) => _steering.Taps.Sum(tapped => (long)tapped.Counts()[counter]);
}
