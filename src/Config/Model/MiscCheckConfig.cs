using System.Globalization;

namespace Director.Config;

/// <summary>A <c>MISC_CHECK</c>: passes when a script does.</summary>
/// <param name="Script"><c>misc_path</c> and <c>user</c>.</param>
/// <param name="Timeout"><c>misc_timeout</c>: how long it may run, more than zero; without it, the virtual server's
/// <c>delay_loop</c>.</param>
/// <param name="IsDynamic"><c>misc_dynamic</c>: exit codes from 2 on are weights, 0–253.</param>
/// <param name="Timing">When; counted from the start of a run.</param>
/// <param name="Location">Where the block begins.</param>
public sealed record MiscCheckConfig(
    ScriptConfig Script, TimeSpan Timeout, bool IsDynamic, CheckTimingConfig Timing, SourceLocation Location)
    : CheckConfig(Timing, Location)
{
    /// <inheritdoc/>
    public override string Keyword => "MISC_CHECK";

    /// <inheritdoc/>
    public override string Shown => string.Create(CultureInfo.InvariantCulture,
        $"{Script}, timeout {Timeout}{(IsDynamic ? ", dynamic" : "")}");
}
