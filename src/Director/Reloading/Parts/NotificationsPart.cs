using Director.Control;
using Director.Notifications;

namespace Director.Reloading.Parts;

/// <summary>Who is told of virtual routers, virtual servers and real servers.</summary>
internal sealed class NotificationsPart(Notifier notifier, DirectorCore core) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        notifier.Rehearse(reload.After);
        return ReloadStage.None with
        {
            Commit = () =>
            {
                notifier.Configure(reload.After, isReload: true);
                notifier.ConfigureServices(reload.After, core.Pool);
            },
        };
    }
}
