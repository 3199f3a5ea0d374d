using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>
/// The kernel's side of virtual routers, in the network namespace of the thread that opens it: raw sockets for adverts, packet sockets for
/// announcements, netlink for addresses and interfaces. One thread. Receiving, sending and waiting allocate nothing.
/// </summary>
public sealed unsafe partial class RawVrrpLink : IVrrpLink, IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Action<string> _onProblem;
    private readonly IMonoClock _clock;
    private readonly RouteMonitor _monitor = new(RouteGroups.Links | RouteGroups.Addresses);
    private readonly RouteSocket _routes = new();
    private readonly AnnouncementSocket _announcements = new();
    private readonly AnnouncementThread _announcing;
    private readonly List<WatchedLink> _links = [];
    private readonly Queue<LinkEvent> _events = new();
    private readonly HashSet<(int Link, IpAddress128 Address)> _held = [];
    private readonly List<int> _watched = [];
    private pollfd[] _polled = [];
    private IReadOnlySet<IpAddress128> _virtual = new HashSet<IpAddress128>();
    private int _receiveFrom;
    private bool _filtersRefused;

    /// <summary>Opens the sockets that are not of one interface.</summary>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="onProblem">Told what the kernel refuses, in words; called on the thread of the call that failed.</param>
    /// <exception cref="LinuxException">No CAP_NET_RAW.</exception>
    public RawVrrpLink(IMonoClock clock, Action<string> onProblem) =>
        (_clock, _onProblem, _sysctls, _announcing, _acceptance, _memberships) =
            (clock, onProblem, new(onProblem), new(clock), new(_filters), new(_filters));

    /// <inheritdoc/>
    public int Open(string interfaceName)
    {
        var known = _links.FindIndex(link => link.Name == interfaceName);
        if (known >= 0) return known;
        if (_links.Count == VrrpLimits.Interfaces)
            throw new InvalidOperationException($"{interfaceName} is one interface more than the {VrrpLimits.Interfaces} of one process");
        var opened = new WatchedLink(interfaceName, FilterFor, _onProblem);
        _links.Add(opened);
        if (_routes.DumpLinks().FirstOrDefault(entry => entry.Name == interfaceName) is { } found) opened.Update(found);
        FindSource(opened);
        Publish(_links.Count - 1);
        _polled = [];
        return _links.Count - 1;
    }

    /// <inheritdoc/>
    public void Listen(IReadOnlyList<AdvertSubscription> subscriptions)
    {
        for (var i = 0; i < _links.Count; i++)
        {
            var link = i;
            _links[i].Listen([.. subscriptions.Where(subscription => subscription.Link == link)]);
        }

        _polled = [];
    }

    /// <inheritdoc/>
    public long TakeRouted(in AdvertSubscription subscription) =>
        _links[subscription.Link].ReceiverOf(subscription.Selector)?.Filter?.TakeDropped(subscription.VirtualRouterId) ?? 0;

    /// <inheritdoc/>
    public long TakeUnknown()
    {
        var news = 0L;
        foreach (var link in _links)
        {
            foreach (var receiver in link.Receivers) news += receiver.Filter?.TakeUnknown() ?? 0;
        }

        return news;
    }

    /// <inheritdoc/>
    public MacAddress? SenderOf(in AdvertSubscription subscription, IpAddress128 source)
    {
        var link = _links[subscription.Link];
        return link.HasArp ? link.ReceiverOf(subscription.Selector)?.Filter?.SenderOf(subscription.VirtualRouterId, source) : null;
    }

    /// <summary>
    /// Makes <see cref="Wait"/> end also when something else has something to read. The descriptor must stay open as long as the link.
    /// </summary>
    public void Watch(int descriptor)
    {
        _watched.Add(descriptor);
        _polled = [];
    }

    /// <inheritdoc/>
    public LinkStatus StatusOf(int link) => _links[link].Status;

    /// <inheritdoc/>
    public void Wait(MonoTime deadline)
    {
        if (_polled.Length == 0) _polled = Pollable();
        Libc.Timespec timeout = default;
        if (!deadline.IsNever)
        {
            var nanoseconds = Math.Max(deadline.Nanoseconds - _clock.Now.Nanoseconds, 0);
            timeout = new() { Seconds = nanoseconds / NanosecondsPerSecond, Nanoseconds = nanoseconds % NanosecondsPerSecond };
        }

        fixed (pollfd* polled = _polled)
        {
            if (Libc.Poll(polled, (nuint)_polled.Length, deadline.IsNever ? null : &timeout, null) >= 0) return;
        }

        // Interrupted by a signal: the caller looks around and waits again.
        if (Marshal.GetLastPInvokeError() != Errno.EINTR) throw LinuxException.FromLastError("ppoll", "VRRP sockets");
    }

    /// <inheritdoc/>
    public bool Receive(ReceivedDatagrams datagrams)
    {
        // The first to be read from changes, so that a flood on one interface leaves room for the others.
        if (++_receiveFrom >= _links.Count) _receiveFrom = 0;
        var drained = true;
        for (var i = 0; i < _links.Count; i++)
        {
            var link = (_receiveFrom + i) % _links.Count;
            var receivers = _links[link].Receivers;
            for (var each = 0; each < receivers.Count; each++) drained &= receivers[each].Receive(datagrams, link);
        }

        return drained;
    }

    /// <inheritdoc/>
    public bool Send(int link, IpAddress128 destination, ReadOnlySpan<byte> datagram) =>
        _links[link].SenderOf(!destination.IsV4) is { } sender && Succeeded(sender.Send(destination, datagram), "send an advert", link);

    /// <inheritdoc/>
    public Announcer Announcer => _announcing.Announcer;

    /// <inheritdoc/>
    public void WakeAnnouncer() => _announcing.Wake();

    /// <inheritdoc/>
    public bool Announce(int link, IpAddress128 address)
    {
        var on = _links[link];
        if (on.Index == 0) return false;
        if (!on.HasArp) return true;
        var isRouter = !address.IsV4 && Sysctl.Read(Sysctl.OfInterface(isV4: false, on.Name, "forwarding")) == 1;
        return Succeeded(_announcements.Announce(on.Announces with { IsRouter = isRouter }, address), "announce an address", link);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var link in _links) link.Dispose();
        _announcing.Dispose();
        _announcements.Dispose();
        _routes.Dispose();
        _monitor.Dispose();
        _paths?.Dispose();
        _filters.Dispose();
    }

    /// <summary>Tells the thread that announces what an interface is like now.</summary>
    private void Publish(int link) => _announcing.SetLink(link, _links[link].Announces);

    private bool Succeeded(int errno, string what, int link)
    {
        // What a link that just went down answers; netlink says so in a moment, and better.
        if (errno is not (0 or Errno.ENETDOWN or Errno.ENETUNREACH or Errno.ENODEV or Errno.ENXIO))
            _onProblem($"cannot {what} on {_links[link].Name}: {Errno.Describe(errno)}");
        return errno == 0;
    }

    /// <summary>Without CAP_BPF everything is received, and then counted and thrown away by the router.</summary>
    private AdvertFilter? FilterFor(AdvertSelector selector)
    {
        if (_filtersRefused) return null;
        try
        {
            return new(selector.IsV6, selector.IsUnicast);
        }
        catch (LinuxException refusal)
        {
            _filtersRefused = true;
            _onProblem($"adverts of other virtual routers are not filtered in the kernel: {refusal.Message}");
            return null;
        }
    }

    private pollfd[] Pollable() =>
        [.. _links.SelectMany(link => link.Receivers.Select(receiver => receiver.Handle)).Append(_monitor.Handle).Concat(_watched)
            .Concat(_paths is null ? [] : [_paths.Handle])
            .Select(descriptor => new pollfd { fd = descriptor, events = LibC.POLLIN })];
}
