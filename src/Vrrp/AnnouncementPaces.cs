namespace Director.Vrrp;

/// <summary>The paces of announcements by the numbers of interfaces. Immutable.</summary>
public sealed class AnnouncementPaces
{
    private readonly int[] _groups;
    private readonly (TimeSpan Arp, TimeSpan Neighbour)[] _intervals;

    /// <summary>The paces of a configuration.</summary>
    /// <param name="paces">Those written.</param>
    /// <param name="numberOf">The number of the interface of a name, below <see cref="VrrpLimits.Interfaces"/>.</param>
    public AnnouncementPaces(IReadOnlyList<AnnouncementPace> paces, Func<string, int> numberOf)
    {
        var others = paces.FirstOrDefault(pace => pace.Interfaces.Count == 0);
        _groups = [.. Enumerable.Range(0, VrrpLimits.Interfaces)];
        _intervals = new (TimeSpan, TimeSpan)[VrrpLimits.Interfaces];
        if (others is not null) Array.Fill(_intervals, (others.ArpInterval, others.NeighbourInterval));
        foreach (var pace in paces.Where(pace => pace.Interfaces.Count > 0))
        {
            // Interfaces that share a pace are a group by the number of the first.
            var first = numberOf(pace.Interfaces[0]);
            _intervals[first] = (pace.ArpInterval, pace.NeighbourInterval);
            foreach (var name in pace.Interfaces) _groups[numberOf(name)] = first;
        }
    }

    /// <summary>Everything back to back.</summary>
    public static AnnouncementPaces None { get; } = new([], _ => 0);

    /// <summary>The number of the group of an interface, below <see cref="VrrpLimits.Interfaces"/>.</summary>
    public int GroupOf(int link) => _groups[link];

    /// <summary>How long after a frame out of a group the next of its family may follow.</summary>
    public TimeSpan IntervalOf(int group, bool isV4) => isV4 ? _intervals[group].Arp : _intervals[group].Neighbour;
}
