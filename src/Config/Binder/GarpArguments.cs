namespace Director.Config.Binder;

/// <summary>The arguments of the <c>garp_master_…</c> keywords, which <c>global_defs</c> and <c>vrrp_instance</c> share.</summary>
internal static class GarpArguments
{
    public static readonly Argument<TimeSpan> Delay = Take.WholeSeconds(0, 4294);

    public static readonly Argument<TimeSpan> Refresh = Take.WholeSeconds(0, int.MaxValue);

    /// <summary>Between two frames; 0 is what the template of distributions says, and what there is without it.</summary>
    public static readonly Argument<TimeSpan> Interval = Take.Seconds(0, 4294);

    public static readonly Argument<int> Repeat = Take.Integer(1);
}
