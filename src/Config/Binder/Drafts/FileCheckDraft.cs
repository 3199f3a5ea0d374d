using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>FILE_CHECK</c> in the making; null is what was not written.</summary>
internal sealed class FileCheckDraft(Statement header) : CheckDraft(header)
{
    /// <summary>The name of a <c>track_file</c>.</summary>
    public Word? Name { get; set; }

    public WeightDraft Weight { get; } = new();

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (Name is not { } name) yield break;
        yield return new FileCheckConfig(
            name.Text, Weight.Value, Weight.IsReversed, CheckTimingConfig.Told(alpha: false), Header.Keyword.Location);
    }
}
