using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <content>Announcements: asked for here, and sent by the link's own thread or, if it has none, at the end of each turn.</content>
public sealed partial class VrrpRunner
{
    private readonly Announcer _announcer;

    private bool _hasAsked;

    private MonoTime AnnouncementDeadline =>
        _link.Announcer is not null ? MonoTime.Never : _hasAsked ? MonoTime.Zero : _announcer.NextDeadline;

    private void Announce(RunningRouter running, AnnouncementOccasions occasion)
    {
        switch (occasion)
        {
            case AnnouncementOccasions.Mastership: running.Announcements.AnnounceMastership(); break;
            case AnnouncementOccasions.LowerMaster: running.Announcements.AnnounceAgain(); break;
            case AnnouncementOccasions.Addition: running.Announcements.AnnounceAdded(); break;
        }

        _hasAsked = true;
        _link.WakeAnnouncer();
    }

    /// <summary>After a fault, by unicast: the address that adverts come from and go to may be known elsewhere to the peers.</summary>
    private void AnnounceSource(RunningRouter running)
    {
        var router = running.Router;
        if (!router.Settings.IsUnicast || router.Source.IsUnspecified) return;
        if (_link.Announce(running.Link, router.Source)) router.Counters.AnnouncementsSent++;
        else _observer.Failed(router, LinkFailure.Announce, router.Source);
    }

    private void SeeToAnnouncements()
    {
        _hasAsked = false;
        if (_link.Announcer is null) _announcer.Turn();
        foreach (var running in _routers)
        {
            if (running.Announcements.TakeFailures(out var address) > 0) _observer.Failed(running.Router, LinkFailure.Announce, address);
        }
    }
}
