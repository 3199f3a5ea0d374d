namespace Director.Admin;

/// <summary>A reload, and what came of it.</summary>
internal sealed record LastReload
{
    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the configuration was taken into force.</summary>
    public required bool Applied { get; init; }

    /// <summary>From the first look at the file to its being in force, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Steps of its plan; 0 if nothing changed.</summary>
    public required int Steps { get; init; }

    /// <summary>Why it was refused, the first reason; empty if it was not.</summary>
    public required string Why { get; init; }

    /// <summary>Milliseconds that each stage took, in order.</summary>
    public required IReadOnlyDictionary<string, double> Stages { get; init; }
}
