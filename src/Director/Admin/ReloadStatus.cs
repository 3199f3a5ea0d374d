namespace Director.Admin;

/// <summary>How reloads have gone since the start.</summary>
internal sealed record ReloadStatus
{
    /// <summary>Which configuration is in force: 1 is that of the start, and each that is applied is one more.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Reloads that were applied, those that changed nothing included.</summary>
    public int Applied { get; init; }

    /// <summary>Reloads that were refused.</summary>
    public int Refused { get; init; }

    /// <summary>The last; null if there was none.</summary>
    public LastReload? Last { get; init; }

    /// <summary>The same after another one.</summary>
    public ReloadStatus With(LastReload last) => new()
    {
        Generation = last is { Applied: true, Steps: > 0 } ? Generation + 1 : Generation,
        Applied = last.Applied ? Applied + 1 : Applied,
        Refused = last.Applied ? Refused : Refused + 1,
        Last = last,
    };
}
