using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A <c>host</c> of an <c>SMTP_CHECK</c> in the making: where one check of it connects, and no check by itself.</summary>
internal sealed class SmtpHostDraft(Statement header) : ConnectingCheckDraft(header)
{
    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion) => [];
}
