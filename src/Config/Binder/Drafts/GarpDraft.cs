namespace Director.Config.Binder;

/// <summary>The gratuitous ARP settings of an instance or, as its defaults, of <c>global_defs</c>.</summary>
internal sealed class GarpDraft
{
    public TimeSpan? Delay { get; set; }

    public int? Repeat { get; set; }

    public TimeSpan? Refresh { get; set; }

    public int? RefreshRepeat { get; set; }

    /// <summary>These settings, then those of <paramref name="defaults"/>, then keepalived's.</summary>
    public GarpConfig Complete(GarpDraft defaults) => new(
        Math.Max(1, Repeat ?? defaults.Repeat ?? 5),
        Delay ?? defaults.Delay ?? TimeSpan.FromSeconds(5),
        Refresh ?? defaults.Refresh ?? TimeSpan.Zero,
        Math.Max(1, RefreshRepeat ?? defaults.RefreshRepeat ?? 1));
}
