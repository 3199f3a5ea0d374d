namespace Director.Vrrp;

/// <summary>When and how often addresses are announced by gratuitous ARP.</summary>
public sealed record GarpSettings
{
    /// <summary>
    /// Times each address is announced on becoming master, and again after <see cref="Delay"/> (<c>garp_master_repeat</c>).
    /// </summary>
    public required int Repeat { get; init; }

    /// <summary>From becoming master to the second burst; zero for none (<c>garp_master_delay</c>).</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Between announcements while master; zero for none (<c>garp_master_refresh</c>).</summary>
    public required TimeSpan Refresh { get; init; }

    /// <summary>Times each address is announced at a refresh (<c>garp_master_refresh_repeat</c>).</summary>
    public required int RefreshRepeat { get; init; }

    /// <summary>Times each address is announced after hearing a lower-priority master (<c>garp_lower_prio_repeat</c>).</summary>
    public required int LowerPriorityRepeat { get; init; }

    /// <summary>From hearing a lower-priority master to the second burst; zero for none (<c>garp_lower_prio_delay</c>).</summary>
    public required TimeSpan LowerPriorityDelay { get; init; }

    /// <summary>
    /// Between announcements of one address out of every interface that a virtual MAC address is on, which bridges learn it by; zero for
    /// none (<c>garp_extra_if</c>).
    /// </summary>
    public TimeSpan ExtraInterval { get; init; }

    /// <summary>Whether those are of all the addresses there (<c>garp_extra_if all</c>).</summary>
    public bool ExtraIsOfAll { get; init; }
}
