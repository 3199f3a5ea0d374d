using System.Globalization;
using Director.Datapath;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.PacketMmap;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>
/// What the kernel steers to user space: the services and the armed VIPs, shared by all devices, and the devices whose frames are
/// looked at. Owned by the main process; its control thread alone calls it, but for the counters, which any thread may read.
/// </summary>
public sealed class Steering : IDisposable
{
    private const uint Present = 1;

    private readonly BpfMap<SteeringKey, uint> _services;
    private readonly List<SteeredDevice> _devices = [];
    private readonly List<TappedDevice> _taps = [];
    private HashSet<SteeringKey> _current = [];

    private Steering(VipMap vips, BpfMap<SteeringKey, uint> services) => (Vips, _services) = (vips, services);

    /// <summary>The VIPs that are owned now; its <see cref="VipMap.Handle"/> goes to the process that owns the addresses.</summary>
    public VipMap Vips { get; }

    /// <summary>The devices that are steered. A device's place here is its number in <c>FrameSlot.Ingress</c> and <c>Egress</c>.</summary>
    public IReadOnlyList<SteeredDevice> Devices => _devices;

    /// <summary>The devices that are tapped. A device's place here is its number in frame slots, as above.</summary>
    public IReadOnlyList<TappedDevice> Taps => _taps;

    /// <summary>How many services are steered now.</summary>
    public int ServiceCount => _current.Count;

    /// <summary>Makes the maps, empty: nothing is steered.</summary>
    /// <exception cref="LinuxException">The process may not use bpf(2).</exception>
    public static Steering Create()
    {
        var vips = VipMap.Create();
        try
        {
            return new(vips, BpfMap<SteeringKey, uint>.Create(BpfMapType.Hash, "director_svcs", SteeringLimits.MaxServices));
        }
        catch
        {
            vips.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Starts to look at a device's frames. It steers nothing before a VIP is armed and drops what it steers before a port serves.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="mode">Exactly this mode or none.</param>
    /// <exception cref="LinuxException">Another program holds the device, or the driver or the rights are missing.</exception>
    public SteeredDevice Attach(XdpDevice device, XdpMode mode)
    {
        ArgumentNullException.ThrowIfNull(device);
        var steered = SteeredDevice.Attach(device, mode, (ushort)_devices.Count, Vips.Handle, _services.Descriptor);
        _devices.Add(steered);
        return steered;
    }

    /// <summary>
    /// The same by AF_PACKET, on any device: sockets get a copy of what is steered, and the host none.
    /// </summary>
    /// <exception cref="LinuxException">The rights are missing, or the kernel has no way to keep the host from it.</exception>
    public TappedDevice Tap(XdpDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var tapped = TappedDevice.Attach(device, (ushort)_taps.Count, Vips.Handle, _services.Descriptor);
        _taps.Add(tapped);
        return tapped;
    }

    /// <summary>
    /// Attaches again what somebody has taken off its device, and returns the names of these devices. Their link handles are others now.
    /// </summary>
    /// <exception cref="LinuxException">A device is gone, or somebody else's program has taken the place.</exception>
    public IReadOnlyList<string> Repair() =>
    [
        .. _devices.Where(device => device.TryReattach()).Select(device => device.Device.Name),
        .. _taps.Where(tapped => tapped.TryReattach()).Select(tapped => tapped.Device.Name),
    ];

    /// <summary>
    /// Steers exactly these services from now on. New ones are added before old ones are removed, so that no frame of a service that
    /// stays goes to the host meanwhile. Port 0 stands for all ports of its VIP, and so does FTP's, whose data may come by any.
    /// </summary>
    /// <exception cref="LinuxException">There are more than <see cref="SteeringLimits.MaxServices"/>; nothing has changed.</exception>
    public void SetServices(IEnumerable<ServiceKey> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var wanted = services.SelectMany(PlacesOf).Select(service => new SteeringKey(service)).ToHashSet();
        var added = wanted.Where(key => !_current.Contains(key)).ToList();
        if (_current.Count + added.Count > _services.Capacity)
        {
            throw new LinuxException("bpf(BPF_MAP_UPDATE_ELEM)",
                string.Create(CultureInfo.InvariantCulture, $"{added.Count} new services beside {_current.Count}"), Errno.E2BIG,
                string.Create(CultureInfo.InvariantCulture, $"at most {_services.Capacity} are steered, old and new together"));
        }

        foreach (var key in added) _services.Set(key, Present);
        foreach (var key in _current) if (!wanted.Contains(key)) _services.Remove(key);
        _current = wanted;
    }

    private static IEnumerable<ServiceKey> PlacesOf(ServiceKey service) =>
        service is { Protocol: IpProtocol.Tcp, Virtual.Port: FtpPorts.Control }
            ? [service, service with { Virtual = service.Virtual with { Port = 0 } }]
            : [service];

    /// <summary>Lets all devices go, unless another process holds their links too.</summary>
    public void Dispose()
    {
        foreach (var device in _devices) device.Dispose();
        foreach (var device in _taps) device.Dispose();
        _devices.Clear();
        _taps.Clear();
        _services.Dispose();
        Vips.Dispose();
    }
}
