using Director.Checks;
using Director.Config;
using Director.Control;

namespace Director.Reloading.Parts;

/// <summary>The health checks. They cannot refuse, and begin with the commit: no check is ended for a reload that is refused.</summary>
/// <param name="checks">The checks.</param>
/// <param name="tell">Tells the checks that are told what is known of the configuration's BFD sessions.</param>
internal sealed class ChecksPart(CheckRunner checks, Action<DirectorConfig> tell) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "checks";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        var wanted = CheckPlan.From(reload.After).ToList();
        return ReloadStage.None with
        {
            Commit = () =>
            {
                checks.Replace(wanted);
                tell(reload.After);
            },
        };
    }
}
