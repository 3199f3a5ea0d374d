namespace Director.Config.Text;

/// <summary>
/// A <c>~SEQ</c> or <c>~LST</c> line: the text behind its closing parenthesis is a line once for each of its values (keepalived.conf(5),
/// "Sequence blocks", "List blocks").
/// </summary>
/// <param name="Template">The text.</param>
/// <param name="Rounds">
/// What names stand for in each round; without end bounds of its own, so to be asked for one after another.
/// </param>
internal sealed record Generator(TextLine Template, IEnumerable<IReadOnlyList<Definition>> Rounds)
{
    /// <summary>How a line begins that is one.</summary>
    public static bool Begins(ReadOnlySpan<char> line) =>
        line.StartsWith("~SEQ", StringComparison.Ordinal) || line.StartsWith("~LST", StringComparison.Ordinal);
}
