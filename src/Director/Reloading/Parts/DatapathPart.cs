using Director.Control;
using Director.Linux;
using Microsoft.Extensions.Logging;

namespace Director.Reloading.Parts;

/// <summary>The desired state, and the datapath that follows it.</summary>
/// <param name="core">The desired state.</param>
/// <param name="forwarding">The datapath.</param>
/// <param name="routes">The host's own addresses.</param>
/// <param name="log">Where it is told what becomes of servers.</param>
internal sealed class DatapathPart(DirectorCore core, IForwarding forwarding, IServerRoutes routes, ILogger log) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "datapath";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        var lines = new List<string>();
        var before = core.Configure(reload.After, lines);
        try
        {
            Publish();
        }
        catch
        {
            Restore(before);
            throw;
        }

        return new(() => lines.ForEach(line => log.LogInformation("{Line}", line)), () => Restore(before));
    }

    private void Restore(CoreState before)
    {
        core.Restore(before);
        try
        {
            Publish();
        }
        catch (LinuxException refusal)
        {
            // The services are published again every ten seconds, and at each change.
            log.LogError("the services before the reload are not in force again yet: {Why}", refusal.Message);
        }
    }

    private void Publish() => forwarding.Publish(core.Desired(), routes.OwnAddresses, core.Timeouts);
}
