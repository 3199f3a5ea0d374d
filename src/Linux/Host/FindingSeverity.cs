namespace Director.Linux.Host;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>It works, but not as well as it should.</summary>
    Warning,

    /// <summary>It does not work, or fights with something else.</summary>
    Error,
}
