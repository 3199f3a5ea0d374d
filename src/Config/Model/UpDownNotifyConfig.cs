namespace Director.Config;

/// <summary>Who is told when a real server comes up or goes down, or a virtual server gains or loses its quorum.</summary>
public sealed record UpDownNotifyConfig
{
    /// <summary>Nobody.</summary>
    public static UpDownNotifyConfig None { get; } = new();

    /// <summary><c>notify_up</c>, <c>quorum_up</c>; null without one.</summary>
    public ScriptConfig? Up { get; init; }

    /// <summary><c>notify_down</c>, <c>quorum_down</c>; null without one.</summary>
    public ScriptConfig? Down { get; init; }

    /// <summary><c>smtp_alert</c>.</summary>
    public bool SendsMail { get; init; }

    /// <summary>All scripts.</summary>
    public IEnumerable<ScriptConfig> Scripts => new[] { Up, Down }.OfType<ScriptConfig>();
}
