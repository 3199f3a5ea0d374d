using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary><c>include_check</c>, which has done its work before statements are bound.</summary>
internal sealed class IncludeCheckKeyword() : Keyword<GlobalDraft>("include_check")
{
    public override string Arguments => "[read] [match] [wildcard_match] [brace_match], each with + or - before it or without";

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => false;

    public override void Bind(Statement statement, GlobalDraft draft, DiagnosticSink diagnostics)
    {
    }
}
