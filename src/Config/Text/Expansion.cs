namespace Director.Config.Text;

/// <summary>What a line became by definitions and generators, to be said with what is wrong with it. Made for each such line.</summary>
internal sealed class Expansion(TextLine line)
{
    /// <summary>
    /// <c>line 7 makes it 'weight 3'</c> as far as it adds to what stands at <paramref name="location"/>; empty if it does not.
    /// </summary>
    public string Describe(SourceLocation location)
    {
        var isChanged = !line.IsAsWritten(line.Start, line.End);
        var text = isChanged ? Printable.Quote(line.Trimmed().Span.ToString()) : "";
        if (line.Origin?.Outermost.UsedAt is not { } use || (use.Line == location.Line && use.File == location.File))
            return isChanged ? $"it is read as {text}" : "";
        var place = use.File == location.File ? $"line {use.Line}" : use.ToString();
        return isChanged ? $"for {place} it is read as {text}" : $"it is used by {place}";
    }
}
