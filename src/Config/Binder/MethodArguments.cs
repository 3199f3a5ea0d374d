namespace Director.Config.Binder;

/// <summary>What stands behind a forwarding method: of <c>TUN</c> the kind of tunnel, <c>type ipip|gue|gre …</c>.</summary>
internal static class MethodArguments
{
    /// <summary>Takes it; says whether the method is supported that way, and if not, <paramref name="consequence"/>.</summary>
    public static bool AreSupported(ForwardingMethodConfig method, ArgumentReader reader, string consequence)
    {
        if (method != ForwardingMethodConfig.Tunnel || reader.Peek()?.Text != "type") return true;
        reader.Take();
        if (!reader.TryTake(Kinds, out var isSupported)) return false;
        if (!isSupported) reader.ReportUnsupported(consequence);
        return isSupported;
    }

    private static readonly Argument<bool> Kinds = Binder.Take.OneOf(("ipip", true), ("gue", false), ("gre", false));
}
