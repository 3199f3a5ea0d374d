namespace Director.Config;

/// <summary>
/// Looks over a configuration for what can be read and yet is hardly what anybody wants. Pure: needs neither the host nor its interfaces.
/// </summary>
public static class Linter
{
    /// <summary>
    /// What reading <paramref name="result"/> has said and what the rules say, in the order of the files. The rules keep quiet about a
    /// configuration with errors, for then they would be about something that nobody wrote.
    /// </summary>
    /// <param name="result">Read with its syntax kept.</param>
    public static IReadOnlyList<Diagnostic> Lint(ConfigResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.HasErrors) return result.Diagnostics;
        var context = new LintContext(result);
        var sink = new DiagnosticSink();
        var said = result.Diagnostics.Select(diagnostic => (diagnostic.Location, diagnostic.Code)).ToHashSet();
        foreach (var rule in RuleCatalogue.All)
        {
            foreach (var found in rule.Check?.Invoke(context) ?? [])
                if (!said.Contains((found.Location, found.Code))) sink.Add(found);
        }

        return result.Sources.Sort([.. result.Diagnostics, .. sink.Sorted(result.Sources)]);
    }
}
