namespace Director.Config;

/// <summary>One mistake, or one thing worth knowing, found in a configuration.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">Its kind, one of <see cref="DiagnosticCode"/>.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Length">Characters that it is about, from the column on; 0 or 1 for a single place.</param>
/// <param name="Message">What is wrong and what follows from it. Free of control characters.</param>
/// <param name="Hint">What was probably meant, or what to do; null if nothing is known.</param>
public sealed record Diagnostic(Severity Severity, string Code, SourceLocation Location, int Length, string Message, string? Hint)
{
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
