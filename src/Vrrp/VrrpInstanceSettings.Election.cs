namespace Director.Vrrp;

/// <content>What decides elections.</content>
public sealed partial record VrrpInstanceSettings
{
    /// <summary>
    /// Intervals without an advert after which a master counts as gone, 1–100 (<c>down_timer_adverts</c>). All routers must agree.
    /// </summary>
    public int DownTimerAdverts { get; init; } = VrrpTimers.DefaultDownTimerAdverts;

    /// <summary>Whether a master leaves lower-priority adverts unanswered (<c>lower_prio_no_advert</c>).</summary>
    public bool LeavesLowerUnanswered { get; init; }

    /// <summary>Whether a master that yields sends one more advert first (<c>higher_prio_send_advert</c>).</summary>
    public bool AnswersHigher { get; init; }

    /// <summary>Whether a router of priority 255 that is master does not heed adverts (<c>owner_ignore_adverts</c>).</summary>
    public bool OwnerIgnoresAdverts { get; init; }

    /// <summary>
    /// With <see cref="NoPreempt"/>, the priority, 1–254, of the peer that a master believes to have taken over when it was itself
    /// held up for that peer's master-down interval: it becomes backup then (<c>timer_expired_backup</c>). Zero: it stays master and
    /// lets the election decide.
    /// </summary>
    public byte PausedYieldsTo { get; init; }

    /// <summary>
    /// How long it is no more than backup after the process has started; it waits for a master from then on
    /// (<c>vrrp_startup_delay</c>).
    /// </summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary>The same, after the host has booted (<c>vrrp_delay_after_boot</c>), from when the monotonic clock counts.</summary>
    public TimeSpan DelayAfterBoot { get; init; }

    /// <summary>Whether it takes part although its own interface is down (<c>dont_track_primary</c>).</summary>
    public bool IgnoresOwnInterface { get; init; }

    /// <summary>What it tracks besides its own interface, at most <see cref="VrrpLimits.Tracked"/>.</summary>
    public IReadOnlyList<TrackSettings> Tracked { get; init; } = [];

    private string? ElectionProblem()
    {
        if (DownTimerAdverts is < 1 or > VrrpTimers.MostDownTimerAdverts)
            return $"down_timer_adverts {DownTimerAdverts} must be 1 to {VrrpTimers.MostDownTimerAdverts}";
        if (PreemptDelay < TimeSpan.Zero || StartupDelay < TimeSpan.Zero || DelayAfterBoot < TimeSpan.Zero) return "a delay is negative";
        if (Tracked.Count > VrrpLimits.Tracked) return $"tracks {Tracked.Count} things; at most {VrrpLimits.Tracked}";
        return Tracked.Select(track => track.Problem()).FirstOrDefault(problem => problem is not null);
    }
}
