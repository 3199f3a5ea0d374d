namespace Director.Config.Text;

/// <summary>Finds the files that the pattern of an <c>include</c> line stands for, and says what it does not find.</summary>
internal sealed class IncludePattern(IConfigFiles files, DiagnosticSink diagnostics)
{
    /// <summary>
    /// The paths that match, in the order in which they are read. A relative pattern is meant from the directory of
    /// <paramref name="includingFile"/>.
    /// </summary>
    public IEnumerable<string> Resolve(Word pattern, string includingFile, IncludeStrictness strictness)
    {
        if (pattern.Text.Length > ConfigLimits.MaxPathCharacters || !BraceExpansion.TryExpand(pattern.Text, out var alternatives))
        {
            diagnostics.Error(DiagnosticCode.Limit, pattern, "the pattern is too long or its braces stand for too many paths");
            return [];
        }

        var directory = Path.GetDirectoryName(includingFile) ?? "";
        var matches = alternatives.Select(alternative => Glob.Matches(Path.Combine(directory, alternative), files)).ToList();
        for (var i = 0; i < matches.Count; i++)
        {
            if (matches[i].Count == 0) ReportNoMatch(pattern, alternatives[i], alternatives.Count > 1, strictness);
        }

        return matches.SelectMany(paths => paths);
    }

    private void ReportNoMatch(Word at, string alternative, bool isOneOfSeveral, IncludeStrictness strictness)
    {
        var hasWildcard = Glob.HasWildcard(alternative);
        var (forbidden, otherwise) = (isOneOfSeveral, hasWildcard) switch
        {
            (true, _) => (IncludeStrictness.BraceMatch, Severity.Warning),
            (_, true) => (IncludeStrictness.WildcardMatch | IncludeStrictness.Match, Severity.Hint),
            _ => (IncludeStrictness.Match, Severity.Warning),
        };
        var severity = (strictness & forbidden) == IncludeStrictness.None ? otherwise : Severity.Error;
        var message = $"no file matches {Printable.Quote(alternative)}";
        diagnostics.Add(new(severity, DiagnosticCode.IncludeNoMatch, at.Location, at.Length, message, null));
    }
}
