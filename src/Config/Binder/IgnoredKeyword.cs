using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A keyword of a block that is not supported as a whole, which has been said of the block.</summary>
internal sealed class IgnoredKeyword(string name) : Keyword<IgnoredDraft>(name)
{
    public override bool AllowsBlock => true;

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => char.IsAsciiDigit(text[0]);

    public override void Bind(Statement statement, IgnoredDraft draft, DiagnosticSink diagnostics)
    {
    }
}
