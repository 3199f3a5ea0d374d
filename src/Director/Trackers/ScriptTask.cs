using Director.Tracking;

namespace Director.Trackers;

/// <summary>A script to be run again and again.</summary>
/// <param name="Name">Of the <c>vrrp_script</c>.</param>
/// <param name="Script">What is run.</param>
/// <param name="Settings">When, and how its results are judged.</param>
internal sealed record ScriptTask(string Name, ResolvedScript Script, ScriptSettings Settings)
{
    /// <summary>Whether <paramref name="other"/> is run and judged in the same way, so that what is known stays.</summary>
    public bool IsSameAs(ScriptTask other) =>
        Name == other.Name && Script.Identity == other.Script.Identity && Settings == other.Settings;
}
