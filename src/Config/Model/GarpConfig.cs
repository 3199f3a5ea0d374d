namespace Director.Config;

/// <summary>How a master announces its addresses by gratuitous ARP and neighbour advertisements.</summary>
/// <param name="Repeat"><c>garp_master_repeat</c>: announcements of each address in a burst, at least 1.</param>
/// <param name="Delay"><c>garp_master_delay</c>: a second burst this long after becoming master; zero means none.</param>
/// <param name="Refresh"><c>garp_master_refresh</c>: a burst this often while master; zero means never.</param>
/// <param name="RefreshRepeat"><c>garp_master_refresh_repeat</c>: announcements in each of those, at least 1.</param>
public sealed record GarpConfig(int Repeat, TimeSpan Delay, TimeSpan Refresh, int RefreshRepeat)
{
    /// <summary><c>garp_lower_prio_repeat</c>: announcements of each address on hearing a lower master; 0 for none.</summary>
    public int LowerPriorityRepeat { get; init; } = Repeat;

    /// <summary><c>garp_lower_prio_delay</c>: a second burst this long after hearing one; zero means none.</summary>
    public TimeSpan LowerPriorityDelay { get; init; } = Delay;

    /// <summary><c>garp_extra_if</c>: this often out of the interface for the virtual MAC address; zero means never.</summary>
    public TimeSpan ExtraInterval { get; init; }

    /// <summary>Whether that is of every address there (<c>all</c>), or of the first.</summary>
    public bool ExtraIsOfAll { get; init; }
}
