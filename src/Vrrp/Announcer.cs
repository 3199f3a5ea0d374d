using Director.Net;
using Director.Vrrp.Ports;

namespace Director.Vrrp;

/// <summary>
/// Sends the announcements of all virtual routers, one frame of each in turn, no faster than their paces. <see cref="Add"/>, <see
/// cref="Remove"/> and <see cref="SetPaces"/> are for the thread that runs the routers, <see cref="Turn"/> for the one that sends, which
/// may be the same; neither waits for the other. No allocation in <see cref="Turn"/>.
/// </summary>
public sealed class Announcer
{
    private readonly IAnnouncementSender _sender;
    private readonly IMonoClock _clock;
    private readonly TimeSpan _rest;
    private readonly MonoTime[] _notBefore = new MonoTime[VrrpLimits.Interfaces * 2];
    private AnnouncementJob[] _jobs = [];
    private AnnouncementPaces _paces = AnnouncementPaces.None;
    private int _from;

    /// <summary>An announcer without routers.</summary>
    /// <param name="sender">Puts a frame on the wire.</param>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="rest">Between two rounds of <see cref="VrrpLimits.AnnouncementsPerRound"/> frames.</param>
    public Announcer(IAnnouncementSender sender, IMonoClock clock, TimeSpan rest) => (_sender, _clock, _rest) = (sender, clock, rest);

    /// <summary>When <see cref="Turn"/> has something to do, unless something is asked for before.</summary>
    public MonoTime NextDeadline { get; private set; } = MonoTime.Never;

    /// <summary>Sends for one more router.</summary>
    public void Add(AnnouncementJob job) => Volatile.Write(ref _jobs, [.. _jobs, job]);

    /// <summary>Sends no longer for a router, which is to be cancelled before.</summary>
    public void Remove(AnnouncementJob job) => Volatile.Write(ref _jobs, [.. _jobs.Where(other => other != job)]);

    /// <summary>Sends at other paces.</summary>
    public void SetPaces(AnnouncementPaces paces) => Volatile.Write(ref _paces, paces);

    /// <summary>Sends what is due, a round at most.</summary>
    public void Turn()
    {
        var jobs = Volatile.Read(ref _jobs);
        var paces = Volatile.Read(ref _paces);
        var now = _clock.Now;
        foreach (var job in jobs) job.Hear(now);
        if (jobs.Length > 0) _from = (_from + 1) % jobs.Length;
        var budget = VrrpLimits.AnnouncementsPerRound;
        var next = MonoTime.Never;
        for (var isIdle = false; !isIdle && budget > 0;)
        {
            isIdle = true;
            next = MonoTime.Never;
            for (var i = 0; i < jobs.Length && budget > 0; i++)
            {
                if (!TrySend(jobs[(_from + i) % jobs.Length], paces, ref next)) continue;
                isIdle = false;
                budget--;
            }
        }

        NextDeadline = budget > 0 ? next : now + _rest;
    }

    private bool TrySend(AnnouncementJob job, AnnouncementPaces paces, ref MonoTime next)
    {
        var now = _clock.Now;
        if (!job.TryPeek(now, out var link, out var address))
        {
            next = MonoTime.Min(next, job.NextDeadline);
            return false;
        }

        var group = paces.GroupOf(link);
        ref var notBefore = ref _notBefore[(group * 2) + (address.IsV4 ? 0 : 1)];
        if (now < notBefore)
        {
            next = MonoTime.Min(next, notBefore);
            return false;
        }

        // What was asked for or taken back meanwhile is heard in the next turn, which comes at once: asking and cancelling wake.
        if (!job.IsCurrent) return false;
        job.Advance(_sender.Announce(link, address), address);
        notBefore = now + paces.IntervalOf(group, address.IsV4);
        return true;
    }
}
