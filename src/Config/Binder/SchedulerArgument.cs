namespace Director.Config.Binder;

/// <summary>The name of a scheduler of IPVS (ipvsadm(8)).</summary>
internal sealed class SchedulerArgument : Argument<string>
{
    /// <summary>What is used where none is named.</summary>
    public const string Default = "wlc";

    public static readonly SchedulerArgument Instance = new();

    /// <summary>The names there are.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "mh", "dh", "fo", "ovf", "sed", "nq", "twos"];

    public override string Expected => "a scheduler such as wlc";

    public override bool TryParse(string text, out string value, out Rejection rejection)
    {
        value = text;
        rejection = default;
        if (Names.Contains(text, StringComparer.Ordinal)) return true;
        var near = Nearness.Nearest(text, Names);
        rejection = new("is no scheduler", near is null ? string.Join(", ", Names) : $"did you mean '{near}'?");
        return false;
    }
}
