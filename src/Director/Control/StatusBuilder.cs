using System.Globalization;
using Director.Admin;
using Director.Checks;
using Director.Config;
using Director.Hosting;
using Director.Linux.Host;
using Director.Net;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>Writes down the state of this moment. Called by the control loop, whose state it reads.</summary>
internal sealed class StatusBuilder(TimeProvider time, IReadOnlyList<HostFinding> findings)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The whole of it.</summary>
    public StatusDocument Build(DirectorCore core, IForwarding forwarding, CheckRunner checks, VrrpControl vrrp, IConfigSource source)
    {
        var health = checks.Snapshot().ToDictionary(server => server.Key);
        return new()
        {
            Version = ProductVersion.Text,
            ProcessId = Environment.ProcessId,
            ConfigFile = source.Path,
            ConfiguredAt = source.TakenAt,
            UptimeSeconds = Math.Round(time.GetElapsedTime(_started).TotalSeconds, 3),
            Vrrp = [.. core.Config.VrrpInstances.Select(instance => Router(instance, vrrp))],
            Services = [.. core.Config.VirtualServers.Select(service => Service(service, core, forwarding, health))],
            Datapath = forwarding.Status(),
            Findings = [.. findings.Select(finding => finding.ToString())],
        };
    }

    private static VrrpStatus Router(VrrpInstanceConfig instance, VrrpControl vrrp)
    {
        var standing = vrrp.StandingOf(instance.Name);
        return new(
            instance.Name,
            instance.Interface,
            instance.VirtualRouterId,
            instance.Priority,
            VrrpLines.NameOf(standing.Report?.State ?? VrrpState.Init),
            standing.Report is { } report ? VrrpReasons.Text(report, instance.Interface) : "the VRRP process has not told yet",
            standing.Since,
            [.. instance.AllAddresses()
                .Select(address => string.Create(CultureInfo.InvariantCulture, $"{address.Address}/{address.PrefixLength}"))],
            standing.Counters);
    }

    private static ServiceStatus Service(
        VirtualServerConfig service, DirectorCore core, IForwarding forwarding, Dictionary<RealServerKey, ServerSnapshot> health)
    {
        var pool = core.Pool(service.Key);
        var weights = pool.Members.ToDictionary();
        return new(
            service.Key.ToString(),
            service.Scheduler,
            "DR",
            service.PersistenceTimeout?.TotalSeconds,
            pool.HasQuorum,
            [.. service.RealServers.Select(server => Server(service.Key, server, pool, weights, core, forwarding, health))]);
    }

    private static ServerStatus Server(
        ServiceKey service, RealServerConfig server, ServicePool pool, Dictionary<Endpoint, int> weights, DirectorCore core,
        IForwarding forwarding, Dictionary<RealServerKey, ServerSnapshot> health)
    {
        var endpoint = server.Endpoint;
        var load = forwarding.LoadOf(service, endpoint);
        var lastRun = health.TryGetValue(new(service, endpoint), out var status) ? status.Checks.Max(check => check.SinceLastRun) : null;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{endpoint.Address}:{endpoint.Port}"),
            weights.GetValueOrDefault(endpoint),
            pool.IsAlive(endpoint),
            weights.ContainsKey(endpoint),
            core.NextHops.Find(endpoint.Address)?.Destination.ToString(),
            load.ActiveConnections,
            load.InactiveConnections,
            load.PersistentConnections,
            load.Connections,
            load.Packets,
            load.Bytes,
            lastRun is { } age ? Math.Round(age.TotalSeconds, 1) : null);
    }
}
