using System.Globalization;
using Director.Datapath.Tables;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Linux.PacketMmap;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>
/// What the kernel steers to user space: services, masqueraded servers and the armed VIPs, shared by all devices, and the devices whose
/// frames are looked at. Owned by the main process; its control thread alone calls it, but for the counters, which any thread may read.
/// </summary>
public sealed class Steering : IDisposable
{
    private const uint Present = 1;

    private readonly BpfMap<SteeringKey, uint> _places;
    private readonly List<SteeredDevice> _devices = [];
    private readonly List<TappedDevice> _taps = [];
    private readonly FlowMaps? _flows;
    private readonly SteeredPlaces _steered = new();

    private Steering(VipMap vips, BpfMap<SteeringKey, uint> places, FlowMaps? flows) => (Vips, _places, _flows) = (vips, places, flows);

    /// <summary>The VIPs that are owned now; its <see cref="VipMap.Handle"/> goes to the process that owns the addresses.</summary>
    public VipMap Vips { get; }

    /// <summary>The devices that are steered. A device's place here is its number in <c>FrameSlot.Ingress</c> and <c>Egress</c>.</summary>
    public IReadOnlyList<SteeredDevice> Devices => _devices;

    /// <summary>The devices that are tapped. A device's place here is its number in frame slots, as above.</summary>
    public IReadOnlyList<TappedDevice> Taps => _taps;

    /// <summary>How many services are steered now.</summary>
    public int ServiceCount => _steered.CountOf(SteeringKind.Service);

    /// <summary>How many masqueraded servers' answers are steered now.</summary>
    public int MasqueradedCount => _steered.CountOf(SteeringKind.Server);

    /// <summary>System calls by which the map of what is steered has been changed so far.</summary>
    public long MapCalls { get; private set; }

    /// <summary>Makes the maps, empty: nothing is steered.</summary>
    /// <param name="flows">
    /// What the programs of devices that are attached to send on themselves, owned by the caller; null if they do not.
    /// </param>
    /// <exception cref="LinuxException">The process may not use bpf(2).</exception>
    public static Steering Create(FlowMaps? flows = null)
    {
        var vips = VipMap.Create();
        try
        {
            return new(vips, BpfMap<SteeringKey, uint>.CreateGrowing("director_places", SteeringLimits.MaxPlaces), flows);
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
    /// <param name="vlans">Ids of VLANs whose frames are looked at behind the tag, each 1 to 4094; none if left out.</param>
    /// <exception cref="LinuxException">Another program holds the device, or the driver or the rights are missing.</exception>
    public SteeredDevice Attach(XdpDevice device, XdpMode mode, params IReadOnlyList<ushort> vlans)
    {
        ArgumentNullException.ThrowIfNull(device);
        var steered = SteeredDevice.Attach(device, mode, (ushort)_devices.Count, Vips.Handle, _places.Descriptor, vlans, _flows);
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
        var tapped = TappedDevice.Attach(device, (ushort)_taps.Count, Vips.Handle, _places.Descriptor);
        _taps.Add(tapped);
        return tapped;
    }

    /// <summary>
    /// Goes on with a device as it is now, other queues, made again or otherwise changed. Ports that were opened before do not reach what
    /// is new of it.
    /// </summary>
    /// <exception cref="LinuxException">As of <see cref="Attach"/>.</exception>
    public void Renew(SteeredDevice steered, XdpDevice now)
    {
        ArgumentNullException.ThrowIfNull(steered);
        ArgumentNullException.ThrowIfNull(now);
        steered.Renew(now, Vips.Handle, _places.Descriptor);
    }

    /// <summary>The same of a device that is tapped; one that was made again has another <see cref="TappedDevice"/> from now on.</summary>
    /// <exception cref="LinuxException">As of <see cref="Tap"/>.</exception>
    public void Renew(TappedDevice tapped, XdpDevice now)
    {
        ArgumentNullException.ThrowIfNull(tapped);
        ArgumentNullException.ThrowIfNull(now);
        if (now.Index == tapped.Device.Index)
        {
            tapped.Device = now;
            return;
        }

        _taps[tapped.Number] = TappedDevice.Attach(now, tapped.Number, Vips.Handle, _places.Descriptor);
        tapped.Dispose();
    }

    /// <summary>
    /// Steers exactly these from now on. What is new is added before what has left is removed, so that no frame of what stays goes to the
    /// host meanwhile; servers are added before services and removed after them, so that no answer does either.
    /// </summary>
    /// <param name="services">Port 0 stands for all ports of its VIP, and so does FTP's, whose data may come by any.</param>
    /// <param name="masqueraded">Servers whose answers are steered too; port 0 stands for all ports. Null is none.</param>
    /// <param name="own">
    /// Addresses of this host: what masqueraded servers answer to them is the host's. Null is none. Kept from the map while nobody is
    /// masqueraded.
    /// </param>
    /// <exception cref="LinuxException">There are more than <see cref="SteeringLimits.MaxPlaces"/>; nothing has changed.</exception>
    public void Steer(
        IEnumerable<ServiceKey> services,
        IEnumerable<(IpProtocol Protocol, Endpoint Server)>? masqueraded = null,
        IEnumerable<IpAddress128>? own = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        SteeringKey[] places =
            [.. services.SelectMany(SteeredPlaces.PlacesOf), .. (masqueraded ?? []).SelectMany(SteeredPlaces.PlacesOf)];
        Steer(new SteeredPlaces.Wanted(PagedArray<VirtualService>.Empty, places, [.. own ?? []]));
    }

    /// <summary>
    /// Steers what belongs to a forwarding table from now on, in the same order. It costs what differs from the table before.
    /// </summary>
    /// <exception cref="LinuxException">As above.</exception>
    public void Steer(ForwardingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        SteeringKey[] departed =
            [.. table.Departed.SelectMany(SteeredPlaces.PlacesOf), .. table.DepartedMasqueraded.SelectMany(SteeredPlaces.PlacesOf)];
        Steer(new SteeredPlaces.Wanted(table.Services, departed, table.OwnAddresses));
    }

    /// <summary>Lets all devices go, unless another process holds their links too.</summary>
    public void Dispose()
    {
        foreach (var device in _devices) device.Dispose();
        foreach (var device in _taps) device.Dispose();
        _devices.Clear();
        _taps.Clear();
        _places.Dispose();
        Vips.Dispose();
    }

    private void Steer(SteeredPlaces.Wanted wanted)
    {
        var before = _steered.Current;
        var (added, removed) = _steered.MoveTo(wanted);
        try
        {
            var together = _steered.Count + removed.Length;
            if (together > _places.Capacity) throw TooMany(added.Length, together - added.Length);
            MapCalls += _places.SetAll(added, Present);
            MapCalls += _places.RemoveAll(removed);
        }
        catch (LinuxException)
        {
            _steered.MoveTo(before);
            throw;
        }
    }

    private LinuxException TooMany(int added, int present) => new("bpf(BPF_MAP_UPDATE_ELEM)",
        string.Create(CultureInfo.InvariantCulture, $"{added} new services, servers and addresses beside {present}"),
        Errno.E2BIG,
        string.Create(CultureInfo.InvariantCulture, $"at most {_places.Capacity} are steered, old and new together"));
}
