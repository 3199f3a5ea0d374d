using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <summary>
/// Runs virtual routers on a link: <see cref="Turn"/> does all that is due, <see cref="NextDeadline"/> says when to come again. What has
/// been received is heard before a timer is believed, and a master's adverts go out between the batches of a flood. No allocation unless
/// a state changes. One thread.
/// </summary>
public sealed partial class VrrpRunner
{
    private readonly IVrrpLink _link;
    private readonly ISteering _steering;
    private readonly IVrrpObserver _observer;
    private readonly IMonoClock _clock;
    private readonly ReceivedDatagrams _datagrams;
    private readonly VrrpEffects _effects = new();
    private readonly List<RunningRouter> _routers = [];
    private MonoTime _startedAt = MonoTime.Never;
    private bool _cleaned;
    private bool _mainStalled;

    /// <summary>A runner without routers; it makes room for datagrams if it is given none.</summary>
    public VrrpRunner(
        IVrrpLink link, ISteering steering, IVrrpObserver observer, IMonoClock clock, ReceivedDatagrams? datagrams = null)
    {
        (_link, _steering, _observer, _clock, _datagrams) = (link, steering, observer, clock, datagrams ?? new());
        _announcer = link.Announcer ?? new Announcer(link, clock, TimeSpan.Zero);
    }

    /// <summary>The routers it runs.</summary>
    public IEnumerable<VrrpRouter> Routers => _routers.Select(running => running.Router);

    /// <summary>Datagrams that no router is there for, or that are too broken to tell: neither has a router to count them.</summary>
    public VrrpCounters Unclaimed { get; } = new();

    /// <summary>When <see cref="Turn"/> has something to do, unless something arrives before.</summary>
    public MonoTime NextDeadline
    {
        get
        {
            var next = MonoTime.Never;
            foreach (var running in _routers)
                next = MonoTime.Min(next, running.Router.NextDeadline);
            return MonoTime.Min(MonoTime.Min(next, AnnouncementDeadline), DebounceDeadline);
        }
    }

    /// <summary>Hears what has arrived, then lets timers run out, then announces.</summary>
    public void Turn()
    {
        var heard = 0;
        while (true)
        {
            // Read before the sockets: a timer that had run out by then had no advert to stop it, once they are empty.
            var now = _clock.Now;
            var drained = HearLink() & HearDatagrams(ref heard);
            AdvertiseDue();
            if (!drained && heard < VrrpLimits.DrainedDatagrams) continue;
            LetTimersRunOut(now);
            break;
        }

        SeeToAnnouncements();
    }

    /// <summary>
    /// Whether the datapath cannot serve now: then every router resigns and stays in fault, and takes part again once it can.
    /// </summary>
    public void SetMainStalled(bool stalled)
    {
        if (_mainStalled == stalled) return;
        _mainStalled = stalled;
        RefreshAll();
    }

    /// <summary>Stops every router: masters say so, remove their addresses, then disarm them.</summary>
    public void Shutdown()
    {
        foreach (var running in _routers)
        {
            Do(running, VrrpEvent.Shutdown);
            Retire(running);
        }

        RemoveFromHost(_host.Addresses, _host.Routes, _host.Rules);
        _link.ReportLinkLocalGroups(reports: true);
        _host = HostSettings.None;
        _routers.Clear();
        SetAccepting();
        _groups.Clear();
    }

    private bool HearLink()
    {
        for (var i = 0; i < VrrpLimits.LinkEvents; i++)
        {
            if (!_link.TryReadEvent(out var changed)) return true;
            RestoreHost(changed);
            if (!changed.IsPathLoss && !changed.IsRemoval) HearLinkState(changed.Link);
            foreach (var running in _routers)
            {
                if (changed.IsPathLoss) HearPathLoss(running, changed);
                else if (!changed.IsRemoval) Refresh(running);
                else if (HasLost(running, changed)) Apply(running, VrrpEvent.AddressLost(changed.Removed));
            }
        }

        return false;
    }

    /// <summary>Asks the interface too: the removal may have been our own, and the address back since.</summary>
    private bool HasLost(RunningRouter running, LinkEvent changed) =>
        running.Holds(changed.Link, changed.Removed) && !_link.HasAddress(changed.Link, changed.Removed);

    private bool HearDatagrams(ref int heard)
    {
        _datagrams.Clear();
        var drained = _link.Receive(_datagrams);
        for (var i = 0; i < _datagrams.Count; i++)
        {
            if (_datagrams.WasFragmented(i)) Unclaimed.CountRejected(AdvertisementRejection.Truncated);
            else Hear(_datagrams[i], _datagrams.LinkOf(i));
        }

        heard += _datagrams.Count;
        return drained;
    }

    /// <summary>Adverts do not wait for a flood to end; those of a master that slept so long that a peer may have taken over do.</summary>
    private void AdvertiseDue()
    {
        var now = _clock.Now;
        foreach (var running in _routers)
        {
            var router = running.Router;
            if (router.State == VrrpState.Master && router.NextDeadline <= now && !router.HasOverslept(now))
                Apply(running, VrrpEvent.Timer);
        }
    }

    private void LetTimersRunOut(MonoTime now)
    {
        BelieveDue(now);
        foreach (var running in _routers)
        {
            if (running.Router.NextDeadline <= now && !BelievesDown(running)) Apply(running, VrrpEvent.Timer);
        }
    }
}
