namespace Director.Config.Text;

/// <summary>The lines of a definition of several lines, behind its first, where it is used.</summary>
internal sealed class BodyLines(Definition definition, TextLine use, ExpansionBudget budget) : LineSource(use)
{
    private int _next = 1;

    public Definition Definition => definition;

    public override TextLine? Next() =>
        _next < definition.Body!.Count && !budget.IsSpent && budget.TakeLine(definition.Body[_next], UsedAt)
            ? definition.Body[_next++].From(this) : null;
}
