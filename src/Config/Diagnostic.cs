namespace Director.Config;

/// <summary>One mistake, or one thing worth knowing, found in a configuration.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">The rule that it breaks, one of <see cref="DiagnosticCode"/>, which <see cref="RuleCatalogue"/> explains.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Length">Characters that it is about, from the column on; 0 or 1 for a single place.</param>
/// <param name="Message">What is wrong and what follows from it. Free of control characters.</param>
/// <param name="Hint">What was probably meant, or what to do; null if nothing is known.</param>
public sealed record Diagnostic(Severity Severity, string Code, SourceLocation Location, int Length, string Message, string? Hint)
{
    /// <summary>Other places that it is about.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>Why it matters; null if nobody has written that down.</summary>
    public string? Why => RuleCatalogue.Find(Code)?.Why;

    /// <summary>What to do: <see cref="Hint"/>, or else what the rule says in general.</summary>
    public string? Fix => Hint ?? RuleCatalogue.Find(Code)?.Fix;

    /// <summary>The path of the file.</summary>
    public string File => Location.File;

    /// <summary>Line from 1; 0 means the file as a whole.</summary>
    public int Line => Location.Line;

    /// <summary>Column from 1; 0 means the line as a whole.</summary>
    public int Column => Location.Column;

    /// <summary><c>path:line:column: error: message (hint)</c>, on one line.</summary>
    public override string ToString() =>
        $"{Location}: {SeverityName}: {Message}{(Hint is null ? "" : $" ({Hint})")}";

    /// <summary>The severity in lower case.</summary>
    public string SeverityName => Severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "hint",
    };
}
