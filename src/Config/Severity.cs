namespace Director.Config;

/// <summary>How much a diagnostic matters. Only <see cref="Error"/> keeps a configuration from being used.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is lost.</summary>
    Hint,

    /// <summary>Something written has no effect, or has another effect than it seems; the configuration can be used.</summary>
    Warning,

    /// <summary>What was meant cannot be known or cannot be done; nothing of the configuration may be applied.</summary>
    Error,
}
