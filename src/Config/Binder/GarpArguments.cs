namespace Director.Config.Binder;

/// <summary>The arguments of the <c>garp_master_…</c> keywords, which <c>global_defs</c> and <c>vrrp_instance</c> share.</summary>
internal static class GarpArguments
{
    public static readonly Argument<TimeSpan> Delay = Take.WholeSeconds(0, 4294);

    public static readonly Argument<TimeSpan> Refresh = Take.WholeSeconds(0, int.MaxValue);

    public static readonly Argument<int> Repeat = Take.Integer(1);
}
