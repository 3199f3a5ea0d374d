using Director.Config.Text;

namespace Director.Config.Syntax;

/// <summary>A keyword with its arguments and, if braces follow, its block.</summary>
/// <param name="Line">The logical line.</param>
/// <param name="Block">What its braces hold; null without braces.</param>
internal sealed record Statement(LogicalLine Line, Block? Block)
{
    /// <summary>The first word.</summary>
    public Word Keyword => Line.Words[0];

    /// <summary>All words, the keyword first.</summary>
    public IReadOnlyList<Word> Words => Line.Words;

    /// <summary>The words as they are named in messages: separated by one space, cut if long.</summary>
    public string Header => Printable.Cut(string.Join(' ', Words.Select(word => word.Text)));

    /// <summary>The statements of a keyword in its block.</summary>
    public IEnumerable<Statement> All(string keyword) =>
        Block?.Statements.Where(statement => statement.Keyword.Text == keyword) ?? [];

    /// <summary>The last of these, which counts; null if there is none.</summary>
    public Statement? Find(string keyword) => All(keyword).LastOrDefault();
}
