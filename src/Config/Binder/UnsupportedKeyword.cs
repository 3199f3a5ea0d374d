using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A keyword of keepalived's that the director does not act on yet.</summary>
/// <typeparam name="T">The draft.</typeparam>
internal sealed class UnsupportedKeyword<T>(string name) : Keyword<T>(name)
{
    public override KeywordUse Use => KeywordUse.NotYet;

    public override bool AllowsBlock => true;

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => char.IsAsciiDigit(text[0]);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        var what = statement.Block is null ? "the line is ignored" : "its block is ignored";
        diagnostics.Warning(DiagnosticCode.NotSupported, statement.Keyword, $"'{Names[0]}' is not supported yet: {what}");
    }
}
