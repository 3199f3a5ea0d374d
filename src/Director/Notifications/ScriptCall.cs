using Director.Trackers;

namespace Director.Notifications;

/// <summary>A script to be run for a notification.</summary>
/// <param name="Script">What.</param>
/// <param name="Arguments">What is added to its arguments.</param>
internal sealed record ScriptCall(ResolvedScript Script, IReadOnlyList<string> Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', [Script.Command?.ToString() ?? "a script", .. Arguments]);
}
