using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A keyword that begins a block.</summary>
/// <typeparam name="T">The draft of the enclosing block.</typeparam>
/// <typeparam name="TInner">The draft of its own.</typeparam>
internal sealed class BlockKeyword<T, TInner>(string name, Grammar<TInner> inner, BlockKeyword<T, TInner>.Begin begin) : Keyword<T>(name)
    where TInner : class
{
    /// <summary>Reads the words after the keyword and adds a draft to the enclosing one; null if the block is of no use.</summary>
    public delegate TInner? Begin(T draft, ArgumentReader header);

    /// <summary>Whether a word could be the first one after the keyword.</summary>
    public required Func<string, bool> AcceptsFirst { get; init; }

    public override IGrammar Inner => inner;

    public override bool IsRepeatable => true;

    public override bool TakesFreeText => false;

    public override bool Accepts(string text) => AcceptsFirst(text);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        if (statement.Block is not { } block) return;
        // What is kept of the header may not keep the block.
        if (begin(draft, new ArgumentReader(statement with { Block = null }, diagnostics)) is not { } innerDraft) return;
        inner.Bind(statement, block, innerDraft, diagnostics);
    }
}
