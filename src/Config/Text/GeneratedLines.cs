namespace Director.Config.Text;

/// <summary>The lines that a generator makes. Its variables stay defined when it has ended, as in keepalived.</summary>
internal sealed class GeneratedLines : LineSource
{
    private readonly TextLine _template;
    private readonly IEnumerator<IReadOnlyList<Definition>> _rounds;
    private readonly Definitions _definitions;
    private readonly ExpansionBudget _budget;

    public GeneratedLines(Generator generator, TextLine use, Definitions definitions, ExpansionBudget budget)
        : base(use)
    {
        (_definitions, _budget) = (definitions, budget);
        _template = generator.Template.From(this);
        _rounds = generator.Rounds.GetEnumerator();
    }

    public override TextLine? Next()
    {
        if (_budget.IsSpent || !_rounds.MoveNext() || !_budget.TakeLine(_template, UsedAt)) return null;
        foreach (var variable in _rounds.Current) _definitions.Set(variable);
        return _template;
    }
}
