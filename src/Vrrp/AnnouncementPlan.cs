using Director.Net;

namespace Director.Vrrp;

/// <summary>What a master announces, and how often. Immutable.</summary>
/// <param name="Settings">How often.</param>
/// <param name="Addresses">Each address with the interface that it is on.</param>
/// <param name="Extras">Indices of the addresses that are announced once more every <see cref="GarpSettings.ExtraInterval"/>.</param>
public sealed record AnnouncementPlan(
    GarpSettings Settings, IReadOnlyList<(int Link, IpAddress128 Address)> Addresses, IReadOnlyList<int> Extras)
{
    /// <summary>Indices of the addresses that are announced after an addition; null for all.</summary>
    public IReadOnlyList<int>? Added { get; init; }

    /// <summary>Nothing.</summary>
    internal static AnnouncementPlan Nothing { get; } = new(
        new()
        {
            Repeat = 0,
            Delay = TimeSpan.Zero,
            Refresh = TimeSpan.Zero,
            RefreshRepeat = 0,
            LowerPriorityRepeat = 0,
            LowerPriorityDelay = TimeSpan.Zero,
        },
        [],
        []);

    /// <summary>The schedule of the extra ones: nothing but refreshes.</summary>
    internal GarpSettings ExtraSettings => Settings with
    {
        Repeat = 0,
        Delay = TimeSpan.Zero,
        Refresh = Extras.Count == 0 ? TimeSpan.Zero : Settings.ExtraInterval,
        RefreshRepeat = 1,
    };
}
