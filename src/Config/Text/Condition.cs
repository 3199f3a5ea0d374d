namespace Director.Config.Text;

/// <summary>
/// A line for one configuration only (keepalived.conf(5), "Conditional configuration"): <c>@ID TEXT</c> for that of the name ID,
/// <c>@^ID TEXT</c> for all others.
/// </summary>
internal static class Condition
{
    /// <summary>What is left of a line that begins with <c>@</c>; null if it is not for this configuration or holds nothing.</summary>
    public static TextLine? Resolve(TextLine line, string id)
    {
        var condition = line.Span;
        var blank = condition.IndexOfAny(' ', '\t');
        if (blank < 0) return null;
        var isNot = condition[1] == '^';
        var name = condition[(isNot ? 2 : 1)..blank];
        return (name.Length > 0 && name.SequenceEqual(id)) != isNot
            ? line.Slice(line.Start + blank, line.End).Trimmed() : null;
    }
}
