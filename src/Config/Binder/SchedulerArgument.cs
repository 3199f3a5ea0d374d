namespace Director.Config.Binder;

/// <summary>The name of a scheduler of IPVS (ipvsadm(8)).</summary>
internal sealed class SchedulerArgument : Argument<string>
{
    /// <summary>What is used where none is named, or one that the director does not have.</summary>
    public const string Default = "wlc";

    public static readonly SchedulerArgument Instance = new();

    private static readonly string[] Supported = ["rr", "wrr", "lc", "wlc"];
    private static readonly string[] Names = [.. Supported, "lblc", "lblcr", "sh", "mh", "dh", "fo", "ovf", "sed", "nq", "twos"];

    /// <summary>Whether the director has the scheduler.</summary>
    public static bool IsSupported(string scheduler) => Supported.Contains(scheduler, StringComparer.Ordinal);

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
