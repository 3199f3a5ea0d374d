namespace Director.Config.Text;

/// <summary>
/// How much text definitions and generators may still make, so that a few lines that stand for endless ones come to an end. Once it is
/// spent nothing is replaced or generated any more, which is said once.
/// </summary>
internal sealed class ExpansionBudget(DiagnosticSink diagnostics)
{
    private int _lines = ConfigLimits.MaxExpandedLines;
    private long _characters = ConfigLimits.MaxExpandedCharacters;

    public bool IsSpent { get; private set; }

    /// <summary>Takes a line for what has made it; false if there is none left.</summary>
    public bool TakeLine(TextLine line, SourceLocation at) =>
        TakeCharacters(line.End - line.Start, at)
        && (--_lines >= 0 || Refuse(at, $"lines than {ConfigLimits.MaxExpandedLines}"));

    /// <summary>Takes characters of a line that a name is replaced in; false if there are not as many left.</summary>
    public bool TakeCharacters(int count, SourceLocation at) =>
        (_characters -= count) >= 0 || Refuse(at, $"text than {ConfigLimits.MaxExpandedCharacters} characters");

    private bool Refuse(SourceLocation at, string what)
    {
        if (!IsSpent)
        {
            diagnostics.Error(DiagnosticCode.Limit, at, 1,
                $"definitions, ~SEQ and ~LST make more {what}: from here on nothing is replaced or generated");
        }

        IsSpent = true;
        return false;
    }
}
