namespace Director.Config.Binder;

/// <summary>The announcement settings of an instance or, as its defaults, of <c>global_defs</c>.</summary>
internal sealed class GarpDraft
{
    public TimeSpan? Delay { get; set; }

    public int? Repeat { get; set; }

    public TimeSpan? Refresh { get; set; }

    public int? RefreshRepeat { get; set; }

    public TimeSpan? LowerPriorityDelay { get; set; }

    public int? LowerPriorityRepeat { get; set; }

    public TimeSpan? ExtraInterval { get; set; }

    public bool ExtraIsOfAll { get; set; }

    /// <summary>Of <c>global_defs</c>: <c>vrrp_min_garp</c>, one announcement and no more unless an instance says otherwise.</summary>
    public bool IsMinimal { get; set; }

    /// <summary>These settings, then those of <paramref name="defaults"/>, then keepalived's.</summary>
    public GarpConfig Complete(GarpDraft defaults)
    {
        var least = defaults.IsMinimal;
        var repeat = Math.Max(1, Repeat ?? defaults.Repeat ?? (least ? 1 : 5));
        var delay = Delay ?? defaults.Delay ?? TimeSpan.FromSeconds(least ? 0 : 5);
        return new(
            repeat, delay, Refresh ?? defaults.Refresh ?? TimeSpan.Zero, Math.Max(1, RefreshRepeat ?? defaults.RefreshRepeat ?? 1))
        {
            LowerPriorityRepeat = LowerPriorityRepeat ?? defaults.LowerPriorityRepeat ?? repeat,
            LowerPriorityDelay = LowerPriorityDelay ?? defaults.LowerPriorityDelay ?? delay,
            ExtraInterval = ExtraInterval ?? defaults.ExtraInterval ?? TimeSpan.Zero,
            ExtraIsOfAll = ExtraInterval is null ? defaults.ExtraIsOfAll : ExtraIsOfAll,
        };
    }
}
