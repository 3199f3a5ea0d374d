using Director.Net;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.Vrrp;

/// <summary>A virtual router with what its runner needs to serve it. Owned by the runner's thread.</summary>
internal sealed class RunningRouter
{
    private VrrpInstanceSettings _advertised;
    private IReadOnlyList<(int Device, VirtualAddress Address)> _added = [];

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

        Vmacs = ResolveVmacs(settings, link);
        Addresses = Resolve(settings, link);
        NeededLinks = ResolveNeeded(settings, link);
        _advertised = settings;
        Check = new(settings);
        Datagram = new(settings);
        Announcements = new(Router.Counters);
        Announcements.SetPlan(Plan());
        Tracker = new(settings.Priority, tracked);
        TrackedLinks = ResolveTracked(tracked, link);
        Subscription = SubscriptionOf(settings, link);
    }

    /// <summary>The state machine.</summary>
    public VrrpRouter Router { get; }

    /// <summary>Its sync group; null if it is in none.</summary>
    public RunningGroup? Group { get; set; }

    /// <summary>The interface of its configuration, which its source address is of.</summary>
    public int Base { get; }

    /// <summary>The interface of its virtual MAC address; null if it has none.</summary>
    public int? Vmac { get; }

    /// <summary>All its interfaces for virtual MAC addresses, each with the one below it.</summary>
    public (int Parent, int Link)[] Vmacs { get; private set; }

    /// <summary>The interface of its adverts.</summary>
    public int Link { get; }

    /// <summary>Its addresses, excluded ones included, each with the interface it goes to.</summary>
    public (int Device, VirtualAddress Address)[] Addresses { get; private set; }

    /// <summary>The other interfaces whose loss concerns it: of its routes, and what it is bound to.</summary>
    public int[] NeededLinks { get; private set; }

    /// <summary>The first of its addresses to advertise that does not fit into adverts; null if all do.</summary>
    public IpAddress128? FirstLeftOut => _advertised.Addresses.Count < Router.Settings.Addresses.Count
        ? Router.Settings.Addresses[_advertised.Addresses.Count].Address
        : null;

    /// <summary>What it believes.</summary>
    public AdvertisementCheck Check { get; private set; }

    /// <summary>What it listens to.</summary>
    public AdvertSubscription Subscription { get; private set; }

    /// <summary>Who else is master.</summary>
    public RivalWatch Rivals { get; } = new();

    /// <summary>Whose other form of checksum has been told of.</summary>
    public IpAddress128 OtherChecksumFrom { get; set; }

    /// <summary>Whose differing addresses were told of last.</summary>
    public IpAddress128 OtherAddressesFrom { get; set; }

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
        Vmacs = ResolveVmacs(settings, link);
        Addresses = Resolve(settings, link);
        NeededLinks = ResolveNeeded(settings, link);
        Advertise(settings);
        Announcements.SetPlan(Plan());
        Tracker = new(settings.Priority, tracked, Tracker);
        TrackedLinks = ResolveTracked(tracked, link);
        Subscription = SubscriptionOf(settings, link);
    }

    /// <summary>
    /// Advertises, and expects of others, as many of its addresses as fit into this MTU from now on; false if those are as many as before.
    /// </summary>
    public bool Fit(int mtu)
    {
        var settings = Router.Settings;
        var count = Math.Min(settings.Addresses.Count, settings.AddressesWithin(mtu));
        if (count == _advertised.Addresses.Count) return false;
        Advertise(count == settings.Addresses.Count ? settings : settings with { Addresses = [.. settings.Addresses.Take(count)] });
        return true;
    }

    private void Advertise(VrrpInstanceSettings advertised)
    {
        _advertised = advertised;
        Check = new(advertised);
        Datagram = new(advertised);
    }

    private AdvertSubscription SubscriptionOf(VrrpInstanceSettings settings, IVrrpLink link) => new(
        Link, settings.Selector, settings.VirtualRouterId, settings.ReceiveBuffer.BytesAt(link.StatusOf(Link).Mtu),
        settings.LogsUnknownRouters);

    /// <summary>
    /// Has these addresses announced with the next <see cref="AnnouncementJob.AnnounceAdded"/>, and those added before that have not been
    /// announced to the end; those that stay are known where they are.
    /// </summary>
    public void Announce(IReadOnlyList<(int Device, VirtualAddress Address)> added)
    {
        _added = [.. Announcements.HasAnnouncedAdditions ? [] : _added.Except(added), .. added];
        Announcements.SetPlan(Plan());
    }

    /// <summary>The extra announcements are of the first address on each virtual MAC address, or of all there.</summary>
    private AnnouncementPlan Plan()
    {
        var settings = Router.Settings;
        List<int> extras = [];
        for (var i = 0; i < Addresses.Length && Vmacs.Length > 0; i++)
        {
            var isFirst = settings.Garp.ExtraIsOfAll || !extras.Any(other => Addresses[other].Device == Addresses[i].Device);
            if (isFirst && Vmacs.Any(vmac => vmac.Link == Addresses[i].Device)) extras.Add(i);
        }

        return new(settings.Garp, [.. Addresses.Select(held => (held.Device, held.Address.Address))], extras)
        {
            Added = [.. _added.Select(held => Array.IndexOf(Addresses, held)).Where(index => index >= 0)],
        };
    }

    private static (int Device, VirtualAddress Address)[] Resolve(VrrpInstanceSettings settings, IVrrpLink link) =>
        [.. settings.AllAddresses().Select(address => (link.Open(settings.DeviceOf(address)), address))];

    private (int Parent, int Link)[] ResolveVmacs(VrrpInstanceSettings settings, IVrrpLink link)
    {
        List<(int Parent, int Link)> vmacs = [];
        if (Vmac is { } own) vmacs.Add((Base, own));
        foreach (var further in settings.AddressVmacs)
            vmacs.Add((link.Open(further.Parent), link.OpenVmac(further.Parent, further.Vmac, further.IsV4)));
        return [.. vmacs];
    }

    private static int[] ResolveNeeded(VrrpInstanceSettings settings, IVrrpLink link)
    {
        var paths = settings.Routes.Where(route => route.IsTracked).SelectMany(route => route.Devices());
        return [.. paths.Concat(settings.NeededInterfaces).Distinct().Select(link.Open)];
    }

    private static (int Link, TrackerKey Key)[] ResolveTracked(IReadOnlyList<TrackSettings> tracked, IVrrpLink link) =>
        [.. tracked.Where(track => track.Key.Kind == TrackerKind.Interface).Select(track => (link.Open(track.Key.Name), track.Key))];
}
