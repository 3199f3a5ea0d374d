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

    /// <summary>How much longer than usual it waits for a master when the process starts (<c>vrrp_startup_delay</c>).</summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary>Whether it takes part although its own interface is down (<c>dont_track_primary</c>).</summary>
    public bool IgnoresOwnInterface { get; init; }

    /// <summary>What it tracks besides its own interface, at most <see cref="VrrpLimits.Tracked"/>.</summary>
    public IReadOnlyList<TrackSettings> Tracked { get; init; } = [];

    private string? ElectionProblem()
    {
        if (DownTimerAdverts is < 1 or > VrrpTimers.MostDownTimerAdverts)
            return $"down_timer_adverts {DownTimerAdverts} must be 1 to {VrrpTimers.MostDownTimerAdverts}";
        if (PreemptDelay < TimeSpan.Zero || StartupDelay < TimeSpan.Zero) return "a delay is negative";
        if (Tracked.Count > VrrpLimits.Tracked) return $"tracks {Tracked.Count} things; at most {VrrpLimits.Tracked}";
        return Tracked.Select(track => track.Problem()).FirstOrDefault(problem => problem is not null);
    }
}
