namespace Director.Config;

/// <summary>What of a <c>vrrp_instance</c>, or of <c>global_defs</c> for all of them, decides elections (keepalived.conf(5)).</summary>
public sealed record ElectionConfig
{
    /// <summary>What an instance has that says nothing about it.</summary>
    public static ElectionConfig Default { get; } = new();

    /// <summary><c>vrrp_strict</c>, <c>strict_mode</c>: only what the RFCs have. What that implies is in the other values.</summary>
    public bool IsStrict { get; init; }

    /// <summary><c>down_timer_adverts</c>: missed adverts before a master counts as gone, 1–100.</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary><c>lower_prio_no_advert</c>: a master leaves lower-priority adverts unanswered.</summary>
    public bool LeavesLowerUnanswered { get; init; }

    /// <summary><c>higher_prio_send_advert</c>: a master that yields sends one more advert.</summary>
    public bool AnswersHigher { get; init; }

    /// <summary><c>owner_ignore_adverts</c>: a router of priority 255 does not heed adverts.</summary>
    public bool OwnerIgnoresAdverts { get; init; }

    /// <summary>
    /// <c>timer_expired_backup</c>: with <c>nopreempt</c>, a master held up for as long as a peer of this priority waits becomes backup;
    /// null if it does not.
    /// </summary>
    public byte? PausedYieldsTo { get; init; }

    /// <summary><c>vrrp_startup_delay</c>: no more than backup for so long after the start.</summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary><c>vrrp_delay_after_boot</c>: no more than backup for so long after the host has booted.</summary>
    public TimeSpan DelayAfterBoot { get; init; }

    /// <summary><c>dont_track_primary</c>: its own interface being down is no fault.</summary>
    public bool IgnoresOwnInterface { get; init; }
}
