namespace Director.Config.Text;

/// <summary>
/// A line as keepalived.conf(5) understands it: words, or one brace. Braces outside quotes stand on logical lines of their own wherever
/// they are written.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">Its words; empty for a brace. Behind a <see cref="ScriptKeyword"/> there is one: the rest, as written.</param>
/// <param name="Location">Where it begins.</param>
/// <param name="CutByComment">Whether a comment follows its last word without a blank, as in <c>auth_pass pa#ss</c>.</param>
internal sealed record LogicalLine(LogicalLineKind Kind, IReadOnlyList<Word> Words, SourceLocation Location, bool CutByComment);
