using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config;

/// <summary>
/// What the check of a <see cref="LintRule"/> looks at: the model for what is meant, the syntax for what is written and where.
/// </summary>
internal sealed class LintContext
{
    private readonly Dictionary<SourceLocation, Word> _words = [];
    private readonly Dictionary<SourceLocation, Statement> _statements = [];

    public LintContext(ConfigResult result)
    {
        Config = result.Config;
        Sources = result.Sources;
        Root = result.Syntax;
        Index(Root);
    }

    public DirectorConfig Config { get; }

    public ConfigSources Sources { get; }

    /// <summary>The statements outside all blocks.</summary>
    public IReadOnlyList<Statement> Root { get; }

    /// <summary>All statements of that keyword within blocks of another, such as each <c>retry</c> of a <c>TCP_CHECK</c>.</summary>
    public IEnumerable<Statement> In(string block, string keyword) =>
        Everywhere(Root).Where(statement => statement.Keyword.Text == block).SelectMany(statement => statement.All(keyword));

    /// <summary>The block of a part of the model, by its location; null if it is not at hand.</summary>
    public Statement? At(SourceLocation location) => _statements.GetValueOrDefault(location);

    /// <summary>
    /// A diagnostic about the value of a keyword in the block of a part of the model; about the block if the keyword is not there.
    /// </summary>
    public Diagnostic About(
        string code, SourceLocation block, string? keyword, string message, string? hint = null, params IReadOnlyList<RelatedPlace> related)
    {
        var statement = At(block);
        var word = keyword is null ? null : statement?.Find(keyword)?.Words is [.., var last] ? last : null;
        word ??= statement is { Words.Count: > 1 } ? statement.Words[1] : statement?.Keyword;
        return word is null ? Say(code, block, message, hint, related) : Say(code, word, message, hint, related);
    }

    /// <summary>A diagnostic about a word.</summary>
    public static Diagnostic Say(string code, Word word, string message, string? hint = null, params IReadOnlyList<RelatedPlace> related) =>
        new(RuleCatalogue.Find(code)!.Severity, code, word.Location, word.Length, message, hint) { Related = related };

    /// <summary>A diagnostic about the word that stands at a place.</summary>
    public Diagnostic Say(
        string code, SourceLocation location, string message, string? hint = null, params IReadOnlyList<RelatedPlace> related) =>
        new(RuleCatalogue.Find(code)!.Severity, code, location, _words.GetValueOrDefault(location)?.Length ?? 0, message, hint)
        {
            Related = related,
        };

    /// <summary>All statements, those of a block behind its own.</summary>
    public IEnumerable<Statement> Everywhere() => Everywhere(Root);

    private static IEnumerable<Statement> Everywhere(IEnumerable<Statement> statements) =>
        statements.SelectMany(statement => Everywhere(statement.Block?.Statements ?? []).Prepend(statement));

    private void Index(IEnumerable<Statement> statements)
    {
        foreach (var statement in Everywhere(statements))
        {
            _statements.TryAdd(statement.Keyword.Location, statement);
            foreach (var word in statement.Words) _words.TryAdd(word.Location, word);
        }
    }
}
