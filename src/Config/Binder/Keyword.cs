using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A row of a keyword table: a keyword of a block and what it does to the draft of that block.</summary>
/// <typeparam name="T">The draft that the block fills.</typeparam>
internal abstract class Keyword<T>(params IReadOnlyList<string> names) : IKeyword
{
    /// <summary>Its spellings, the one for messages first.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The grammar of the block that must follow it; null if none does.</summary>
    public virtual IGrammar? Inner => null;

    /// <inheritdoc/>
    public virtual string Arguments => "";

    /// <inheritdoc/>
    public virtual KeywordUse Use => KeywordUse.Implemented;

    /// <inheritdoc/>
    public virtual string? Reason => null;

    /// <summary>Whether any block that follows is no mistake.</summary>
    public virtual bool AllowsBlock => Inner is not null;

    /// <summary>Whether it may stand more than once in a block.</summary>
    public virtual bool IsRepeatable => false;

    /// <summary>Whether the block is of no use without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What happens without it, if that should be said whenever it is missing.</summary>
    public string? Absent { get; init; }

    /// <summary>Whether a first argument that nearly any word could be tells nothing about what was meant.</summary>
    public virtual bool TakesFreeText => false;

    /// <summary>
    /// Whether <paramref name="text"/> could be its first argument, so that <c>weight1</c> is understood as <c>weight 1</c>.
    /// </summary>
    public abstract bool Accepts(string text);

    /// <summary>Applies a statement of this keyword to the draft, and says all that is wrong with it.</summary>
    public abstract void Bind(Statement statement, T draft, DiagnosticSink diagnostics);
}
