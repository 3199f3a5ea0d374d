using Director.Notifications;

namespace Director.Reloading.Parts;

/// <summary>Who is told of virtual routers.</summary>
internal sealed class NotificationsPart(Notifier notifier) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        notifier.Rehearse(reload.After);
        return ReloadStage.None with { Commit = () => notifier.Configure(reload.After, isReload: true) };
    }
}
