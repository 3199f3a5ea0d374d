using Director.Net;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <summary>A virtual router with what its runner needs to serve it. Owned by the runner's thread.</summary>
internal sealed class RunningRouter
{
    /// <summary>A router that has not started.</summary>
    public RunningRouter(VrrpInstanceSettings settings, IReadOnlyList<TrackSettings> tracked, IVrrpLink link)
    {
        Router = new(settings);
        Base = link.Open(settings.Interface);
        Link = Base;
        if (settings.Vmac is { } vmac)
        {
            Vmac = link.OpenVmac(settings.Interface, vmac, !settings.IsV6);
            if (!vmac.AdvertisesOnParent) Link = Vmac.Value;
        }

        Addresses = Resolve(settings, link);
        PathDevices = ResolvePaths(settings, link);
        Check = new(settings);
        Datagram = new(settings);
        Announcements = new(Router.Counters);
        Announcements.SetPlan(Plan());
        Tracker = new(settings.Priority, tracked);
        TrackedLinks = ResolveTracked(tracked, link);
        Subscription = SubscriptionOf(settings);
    }

    /// <summary>The state machine.</summary>
    public VrrpRouter Router { get; }

    /// <summary>Its sync group; null if it is in none.</summary>
    public RunningGroup? Group { get; set; }

    /// <summary>The interface of its configuration, which its source address is of.</summary>
    public int Base { get; }

    /// <summary>The interface of its virtual MAC address; null if it has none.</summary>
    public int? Vmac { get; }

    /// <summary>The interface of its adverts.</summary>
    public int Link { get; }

    /// <summary>Its addresses, excluded ones included, each with the interface it goes to.</summary>
    public (int Device, VirtualAddress Address)[] Addresses { get; private set; }

    /// <summary>The interfaces of its routes whose loss concerns it.</summary>
    public int[] PathDevices { get; private set; }

    /// <summary>What it believes.</summary>
    public AdvertisementCheck Check { get; private set; }

    /// <summary>What it listens to.</summary>
    public AdvertSubscription Subscription { get; private set; }

    /// <summary>Who else is master.</summary>
    public RivalWatch Rivals { get; } = new();

    /// <summary>Whose other form of checksum has been told of.</summary>
    public IpAddress128 OtherChecksumFrom { get; set; }

    /// <summary>How long a rival may be silent before it is none.</summary>
    public TimeSpan RivalSilence => TimeSpan.FromTicks(
        Math.Max((Router.Settings.AdvertInterval * VrrpLimits.RivalSilence).Ticks, VrrpLimits.ShortestRivalSilence.Ticks));

    /// <summary>What it sends.</summary>
    public AdvertisementDatagram Datagram { get; private set; }

    /// <summary>What it announces.</summary>
    public AnnouncementJob Announcements { get; }

    /// <summary>What all that is tracked makes of its priority.</summary>
    public PriorityTracker Tracker { get; private set; }

    /// <summary>The interfaces among what is tracked.</summary>
    public (int Link, TrackerKey Key)[] TrackedLinks { get; private set; }

    /// <summary>Whether it is master of an address on an interface.</summary>
    public bool Holds(int device, IpAddress128 address)
    {
        if (Router.State != VrrpState.Master) return false;
        foreach (var held in Addresses)
        {
            if (held.Device == device && held.Address.Address == address && held.Address.IsTracked) return true;
        }

        return false;
    }

    /// <summary>Takes other settings of the same virtual router.</summary>
    public void Reconfigure(VrrpInstanceSettings settings, IReadOnlyList<TrackSettings> tracked, IVrrpLink link)
    {
        Router.Reconfigure(settings);
        Addresses = Resolve(settings, link);
        PathDevices = ResolvePaths(settings, link);
        Check = new(settings);
        Datagram = new(settings);
        Announcements.SetPlan(Plan());
        Tracker = new(settings.Priority, tracked, Tracker);
        TrackedLinks = ResolveTracked(tracked, link);
        Subscription = SubscriptionOf(settings);
    }

    private AdvertSubscription SubscriptionOf(VrrpInstanceSettings settings) =>
        new(Link, settings.Selector, settings.VirtualRouterId, settings.ReceiveBufferSize, settings.LogsUnknownRouters);

    /// <summary>The extra announcements are of the first address on each virtual MAC address, or of all there.</summary>
    private AnnouncementPlan Plan()
    {
        var settings = Router.Settings;
        List<int> extras = [];
        for (var i = 0; i < Addresses.Length && settings.Vmac is not null; i++)
        {
            var isFirst = settings.Garp.ExtraIsOfAll || !extras.Any(other => Addresses[other].Device == Addresses[i].Device);
            if (isFirst && settings.DeviceOf(Addresses[i].Address) == settings.Vmac.Name) extras.Add(i);
        }

        return new(settings.Garp, [.. Addresses.Select(held => (held.Device, held.Address.Address))], extras);
    }

    private static (int Device, VirtualAddress Address)[] Resolve(VrrpInstanceSettings settings, IVrrpLink link) =>
        [.. settings.AllAddresses().Select(address => (link.Open(settings.DeviceOf(address)), address))];

    private static int[] ResolvePaths(VrrpInstanceSettings settings, IVrrpLink link) =>
        [.. settings.Routes.Where(route => route.IsTracked).SelectMany(route => route.Devices()).Distinct().Select(link.Open)];

    private static (int Link, TrackerKey Key)[] ResolveTracked(IReadOnlyList<TrackSettings> tracked, IVrrpLink link) =>
        [.. tracked.Where(track => track.Key.Kind == TrackerKind.Interface).Select(track => (link.Open(track.Key.Name), track.Key))];
}
