using Director.Config.Patterns;
using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>url</c> in the making; null is what was not written.</summary>
internal sealed class HttpUrlDraft(Statement header)
{
    public Statement Header => header;

    public string? Path { get; set; }

    public string? Digest { get; set; }

    public List<NumberRange> StatusCodes { get; } = [];

    public string? VirtualHost { get; set; }

    public bool ClosesTls { get; set; }

    /// <summary>The bytes of the pattern, each a character, and where it stands.</summary>
    public (string Text, Word Word)? Pattern { get; set; }

    public PcreOptions PatternOptions { get; set; }

    public bool IsPatternUnwanted { get; set; }

    public int? MinOffset { get; set; }

    public int? MaxOffset { get; set; }

    /// <summary>The keywords about a pattern.</summary>
    public List<Word> PatternKeywords { get; } = [];
}
