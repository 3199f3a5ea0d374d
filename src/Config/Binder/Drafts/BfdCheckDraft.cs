using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>BFD_CHECK</c> in the making. Of what every check has it knows only <c>alpha</c>.</summary>
internal sealed class BfdCheckDraft(Statement header) : CheckDraft(header)
{
    /// <summary>The name of a <c>bfd_instance</c>.</summary>
    public Word? Name { get; set; }

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (Name is not { } name) yield break;
        if (completion.Completed.OfType<BfdCheckConfig>().FirstOrDefault(other => other.Session == name.Text) is { } twin)
        {
            completion.Diagnostics.Warning(DiagnosticCode.Duplicate, name,
                $"{Printable.Quote(name.Text)} is checked at {twin.Location} already; this check is ignored");
            yield break;
        }

        yield return new BfdCheckConfig(name.Text, CheckTimingConfig.Told(completion.IsAlpha(this)), Header.Keyword.Location);
    }
}
