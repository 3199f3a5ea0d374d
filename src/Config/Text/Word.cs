namespace Director.Config.Text;

/// <summary>A word of a logical line.</summary>
/// <param name="Text">Without quotes and with escapes resolved.</param>
/// <param name="Location">Where it begins; of a quoted word, its quote.</param>
/// <param name="Length">Characters that it takes in the file, quotes included.</param>
/// <param name="IsQuoted">Whether it stood in double quotes.</param>
internal sealed record Word(string Text, SourceLocation Location, int Length, bool IsQuoted);
