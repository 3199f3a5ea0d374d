using Director.Control;

namespace Director.Reloading.Parts;

/// <summary>How real servers are reached.</summary>
/// <param name="routes">Who knows.</param>
internal sealed class RoutesPart(IServerRoutes routes) : IReloadPart
{
    /// <inheritdoc/>
    public string Name => "routes";

    /// <inheritdoc/>
    public ReloadStage Begin(ReloadContext reload)
    {
        var before = reload.Before.VirtualServers.SelectMany(service => service.AllServers)
            .Select(server => server.Endpoint.Address).ToHashSet();
        var after = reload.Placement.Routes.Keys.ToHashSet();
        var areSame = after.SetEquals(before);
        try
        {
            routes.Add(reload.Placement.Routes);
        }
        catch
        {
            routes.Keep(before);
            throw;
        }

        return areSame ? ReloadStage.None : new(() => routes.Keep(after), () => routes.Keep(before));
    }
}
