using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>
/// A keyword of keepalived's without which the block that it stands in would be something else than is written, so that this is left out,
/// for a reason that is said at its place.
/// </summary>
/// <typeparam name="T">The draft of that block.</typeparam>
/// <param name="name">The keyword.</param>
/// <param name="refuse">Has the block left out.</param>
/// <param name="reason">What would not be as written, as what follows a colon.</param>
/// <param name="remedy">What to write instead.</param>
internal sealed class RefusedKeyword<T>(string name, Action<T> refuse, string reason, string remedy) : Keyword<T>(name)
{
    public override KeywordUse Use => KeywordUse.Refused;

    public override string Reason => reason;

    public override bool AllowsBlock => true;

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => char.IsAsciiDigit(text[0]);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        refuse(draft);
        diagnostics.Warning(DiagnosticCode.NotSupported, statement.Keyword,
            $"'{Names[0]}' is not supported: {reason}, so the block that it stands in is ignored", remedy);
    }
}
