namespace Director.Vrrp;

/// <summary>When and how often addresses are announced by gratuitous ARP; the defaults are keepalived's.</summary>
public sealed record GarpSettings
{
    /// <summary>
    /// Times each address is announced on becoming master, and again after <see cref="Delay"/> (<c>garp_master_repeat</c>).
    /// </summary>
    public int Repeat { get; init; } = 5;

    /// <summary>From becoming master to the second burst; zero for none (<c>garp_master_delay</c>).</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between announcements while master; zero for none (<c>garp_master_refresh</c>).</summary>
    public TimeSpan Refresh { get; init; }

    /// <summary>Times each address is announced at a refresh (<c>garp_master_refresh_repeat</c>).</summary>
    public int RefreshRepeat { get; init; } = 1;

    /// <summary>Times each address is announced after hearing a lower-priority master (<c>garp_lower_prio_repeat</c>).</summary>
    public int LowerPriorityRepeat { get; init; } = 5;

    /// <summary>From hearing a lower-priority master to the second burst; zero for none (<c>garp_lower_prio_delay</c>).</summary>
    public TimeSpan LowerPriorityDelay { get; init; } = TimeSpan.FromSeconds(5);
}
