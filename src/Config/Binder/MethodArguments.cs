namespace Director.Config.Binder;

/// <summary>What stands behind a forwarding method: of <c>TUN</c> the kind of tunnel, <c>type ipip|gue|gre …</c>.</summary>
internal static class MethodArguments
{
    /// <summary>
    /// The method as far as it is supported: <see cref="ForwardingMethodConfig.Nat"/> if not, with <paramref name="consequence"/> said.
    /// </summary>
    public static ForwardingMethodConfig Read(ForwardingMethodConfig method, ArgumentReader reader, string consequence)
    {
        if (method == ForwardingMethodConfig.Nat) reader.ReportUnsupported(consequence);
        if (method != ForwardingMethodConfig.Tunnel || reader.Peek()?.Text != "type") return method;
        reader.Take();
        if (reader.Peek()?.Text == "ipip")
        {
            reader.Take();
            return method;
        }

        if (!reader.TryTake(Kinds, out _)) return ForwardingMethodConfig.Nat;
        reader.ReportUnsupported(consequence);
        return ForwardingMethodConfig.Nat;
    }

    private static readonly Argument<bool> Kinds = Binder.Take.OneOf(("ipip", true), ("gue", false), ("gre", false));
}
