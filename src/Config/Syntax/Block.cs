namespace Director.Config.Syntax;

/// <summary>What stands between two braces.</summary>
/// <param name="Statements">Its statements; none if nothing is known about the block, which then was skipped.</param>
/// <param name="Open">Its opening brace.</param>
/// <param name="Close">Its closing brace, or the last place before it was missed.</param>
internal sealed record Block(IReadOnlyList<Statement> Statements, SourceLocation Open, SourceLocation Close);
