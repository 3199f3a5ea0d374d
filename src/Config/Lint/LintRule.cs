namespace Director.Config;

/// <summary>
/// A kind of mistake: its name, why it matters and what to do. What reading a configuration notices itself has no check here; the other
/// rules have one, which <see cref="Linter"/> runs.
/// </summary>
/// <param name="Name">Its stable name in kebab-case, one of <see cref="DiagnosticCode"/>.</param>
/// <param name="Severity">What it is reported as, if nothing makes it worse or better.</param>
/// <param name="Summary">What it is about, in one sentence.</param>
/// <param name="Why">What happens to somebody who leaves it.</param>
/// <param name="Fix">What to do.</param>
public sealed record LintRule(string Name, Severity Severity, string Summary, string Why, string Fix)
{
    /// <summary>Opens the part of an <see cref="Example"/> that the diagnostic points at; removed before the text is read.</summary>
    public const char Opening = '«';

    /// <summary>Closes that part.</summary>
    public const char Closing = '»';

    /// <summary>
    /// A file that breaks it, with the place between <see cref="Opening"/> and <see cref="Closing"/>; null where no text can.
    /// </summary>
    public string? Example { get; init; }

    /// <summary>The same file put right; null without an example.</summary>
    public string? Corrected { get; init; }

    /// <summary>Finds all breaches in a configuration that was read; null if reading it has done so.</summary>
    internal Func<LintContext, IEnumerable<Diagnostic>>? Check { get; init; }

    /// <summary>The example without its marks.</summary>
    public string? ExampleText =>
        Example?.Replace($"{Opening}", "", StringComparison.Ordinal).Replace($"{Closing}", "", StringComparison.Ordinal);
}
