namespace Director.Reloading;

/// <summary>One step of a reload: an object that comes or goes, or one keyword of it that says something else.</summary>
/// <param name="Change">Which of these.</param>
/// <param name="Kind">What the object is.</param>
/// <param name="Object">Its name.</param>
internal sealed record PlanStep(PlanChange Change, PlanKind Kind, string Object)
{
    /// <summary>Of a change, the keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Of a change, what it said.</summary>
    public string? Before { get; init; }

    /// <summary>Of a change, what it says.</summary>
    public string? After { get; init; }

    /// <summary>Connections that live with what is changed, at the moment of the plan; null where there can be none.</summary>
    public long? Connections { get; init; }

    /// <summary>What follows from it, in a sentence; null where the change itself says it.</summary>
    public string? Effect { get; init; }

    /// <summary>In a line, without what follows.</summary>
    public override string ToString() => Change switch
    {
        PlanChange.Added => $"+ {Object}",
        PlanChange.Removed => $"- {Object}",
        _ => $"~ {Object}: {Keyword} {Before} -> {After}",
    };
}
