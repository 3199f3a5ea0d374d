using Director.Checks;
using Director.Config;
using Director.Control;
using Director.Net;

namespace Director.Notifications;

/// <summary>
/// What is told of real servers and quorums: each new state once (keepalived check/ipwrapper.c, check_api.c). Pure; one thread.
/// </summary>
internal sealed class ServiceNotifications
{
    private const string Removing = "Removing", Stopping = "Shutting down";

    /// <summary>What was told of each server; null where nothing has been, as it waits for its first checks.</summary>
    private readonly Dictionary<RealServerKey, bool?> _servers = [];

    private readonly Dictionary<ServiceKey, bool> _services = [];
    private Dictionary<ServiceKey, VirtualServerConfig> _configured = [];
    private GlobalConfig _globals = new(null);

    /// <summary>
    /// Takes a configuration into force. Of a server or service that is gone it is told that it is down, if it was up; of a new service
    /// whether it has its quorum; of a new server that counts as up nothing, unless <c>rs_init_notifies</c>.
    /// </summary>
    public IReadOnlyList<ServiceNotification> Configure(DirectorConfig config, Func<ServiceKey, ServicePool> poolOf)
    {
        List<ServiceNotification> told = [];
        var before = _configured;
        (_configured, _globals) = (config.VirtualServers.ToDictionary(service => service.Key), config.Globals);
        foreach (var service in before.Values) End(service, _configured.GetValueOrDefault(service.Key), Removing, told);
        foreach (var service in config.VirtualServers)
        {
            var pool = poolOf(service.Key);
            foreach (var server in service.RealServers)
            {
                var key = new RealServerKey(service.Key, server.Endpoint);
                if (_servers.ContainsKey(key)) continue;
                var isUp = pool.IsAlive(server.Endpoint);
                _servers[key] = isUp ? true : null;
                if (isUp && _globals.TellsFirstServers) told.Add(new(service, server.Endpoint, true, server.Notify, null));
            }

            LookAtQuorum(service, pool, told);
        }

        return told;
    }

    /// <summary>A server came up or went down, and with it the quorum perhaps.</summary>
    public IReadOnlyList<ServiceNotification> Apply(RealServerKey key, ServicePool pool)
    {
        List<ServiceNotification> told = [];
        if (Find(key) is not var (service, server)) return told;
        var isUp = pool.IsAlive(key.Server);
        if (_servers.GetValueOrDefault(key) != isUp)
        {
            _servers[key] = isUp;
            // Mail is of the check that decided.
            told.Add(new(service, key.Server, isUp, server.Notify, null));
        }

        LookAtQuorum(service, pool, told);
        return told;
    }

    /// <summary>
    /// A check came to another conclusion. Mail tells of each, or only of those that decide with <c>no_checker_emails</c>; and of a server
    /// that waited for its first checks it is told once that it is down.
    /// </summary>
    public IReadOnlyList<ServiceNotification> Apply(CheckConcluded check)
    {
        List<ServiceNotification> told = [];
        if (Find(check.Server) is not var (service, server)) return told;
        var mails = check.Decides || (!check.IsFirst && !_globals.IsSilentAboutChecks);
        if (mails) told.Add(new(service, check.Server.Server, check.Passed, server.Notify, check.Mail) { IsState = false });
        if (check.Passed || check.Decides || !_servers.TryGetValue(check.Server, out var before) || before is not null) return told;
        _servers[check.Server] = false;
        told.Add(new(service, check.Server.Server, false, server.Notify, null));
        return told;
    }

    /// <summary>A weight changed, and with it the quorum perhaps.</summary>
    public IReadOnlyList<ServiceNotification> LookAtQuorum(ServiceKey key, ServicePool pool)
    {
        List<ServiceNotification> told = [];
        if (_configured.TryGetValue(key, out var service)) LookAtQuorum(service, pool, told);
        return told;
    }

    /// <summary>The end: of services with <c>omega</c> it is told that all is down.</summary>
    public IReadOnlyList<ServiceNotification> Stop()
    {
        List<ServiceNotification> told = [];
        foreach (var service in _configured.Values.Where(service => service.TellsOfStop)) End(service, null, Stopping, told);
        return told;
    }

    private (VirtualServerConfig Service, RealServerConfig Server)? Find(RealServerKey key) =>
        _configured.TryGetValue(key.Service, out var service)
        && service.RealServers.FirstOrDefault(server => server.Endpoint == key.Server) is { } server ? (service, server) : null;

    /// <summary>Of what a service no longer has, or all of it if it is gone.</summary>
    private void End(VirtualServerConfig service, VirtualServerConfig? after, string why, List<ServiceNotification> told)
    {
        foreach (var server in service.RealServers)
        {
            if (after?.RealServers.Any(other => other.Endpoint == server.Endpoint) == true) continue;
            if (_servers.Remove(new(service.Key, server.Endpoint), out var wasUp) && wasUp == true)
                told.Add(new(service, server.Endpoint, false, server.Notify, why));
        }

        if (after is null && _services.Remove(service.Key, out var had) && had) told.Add(new(service, null, false, service.Notify, why));
    }

    private void LookAtQuorum(VirtualServerConfig service, ServicePool pool, List<ServiceNotification> told)
    {
        var isKnown = _services.TryGetValue(service.Key, out var had);
        if (isKnown && had == pool.HasQuorum) return;
        _services[service.Key] = pool.HasQuorum;
        var what = (isKnown, pool.HasQuorum) switch
        {
            (false, true) => "Starting with quorum up",
            (false, false) => "Starting with quorum down",
            (true, true) => "Gained quorum",
            (true, false) => "Lost quorum",
        };
        told.Add(new(service, null, pool.HasQuorum, service.Notify, $"{what} {pool.QuorumSum}"));
    }
}
