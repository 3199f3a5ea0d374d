using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>
/// A keyword of keepalived's that is accepted and has nothing to do here, for a reason that is said at its place: the director does the
/// same in another way, always, or has no part that it could be about. Its words are not read, and its block, if it has one, is skipped.
/// </summary>
/// <typeparam name="T">The draft.</typeparam>
/// <param name="name">The keyword.</param>
/// <param name="severity">
/// <see cref="Severity.Hint"/> if nobody can tell that it is not used, <see cref="Severity.Warning"/> if something that was asked for is
/// not there.
/// </param>
/// <param name="reason">Why it is not used, as what follows a colon: without a capital at the begin and without a full stop.</param>
/// <param name="code">The rule that says so.</param>
internal sealed class NotUsedKeyword<T>(string name, Severity severity, string reason, string code = DiagnosticCode.NotUsed)
    : Keyword<T>(name)
{
    /// <summary>How much it matters.</summary>
    public Severity Severity => severity;

    public override KeywordUse Use => KeywordUse.NotUsed;

    public override string Reason => reason;

    public override bool AllowsBlock => true;

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => char.IsAsciiDigit(text[0]);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics) =>
        diagnostics.Add(new(severity, code, statement.Keyword.Location, statement.Keyword.Length,
            $"'{Names[0]}' is not used here: {reason}", null));
}
