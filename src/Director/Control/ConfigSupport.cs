using Director.Config;
using Director.Datapath.Scheduling;

namespace Director.Control;

/// <summary>What a configuration asks of this program's parts beyond what its own language checks. Pure.</summary>
internal static class ConfigSupport
{
    /// <summary>What cannot be honoured, each with its place; empty if all can.</summary>
    public static IEnumerable<string> Problems(DirectorConfig config)
    {
        var known = string.Join(", ", SchedulerCatalog.Names);
        foreach (var service in config.VirtualServers.Where(service => !SchedulerCatalog.Contains(service.Scheduler)))
            yield return $"{service.Location}: error: scheduler '{service.Scheduler}' is not supported yet; there is {known}";
        foreach (var service in config.VirtualServers.Where(service => !service.Key.Virtual.Address.IsV4))
            yield return $"{service.Location}: error: IPv6 services are not supported yet: {service.Key}";
        foreach (var (instance, settings) in config.VrrpInstances.Zip(VrrpSettings.From(config)))
            if (settings.Problem() is { } problem) yield return $"{instance.Location}: error: {problem}";
    }
}
