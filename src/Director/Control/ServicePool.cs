using System.Globalization;
using Director.Config;
using Director.Net;

namespace Director.Control;

/// <summary>
/// The servers of one virtual service: which are alive, which stand in the pool and in what order. Pure; the control loop's own.
/// The order is IPVS's: a server that is added goes to the head, so one that returns from failure stands first
/// (Linux net/netfilter/ipvs/ip_vs_ctl.c, <c>ip_vs_add_dest</c>). Who is in the pool is as keepalived decides it
/// (keepalived/check/ipwrapper.c): a failing server is removed, or set to weight 0 by <c>inhibit_on_failure</c>. With the quorum, living
/// servers go the same way and the sorry server comes; without a sorry server its loss is told of and changes nothing.
/// </summary>
internal sealed class ServicePool
{
    private readonly ServiceKey _key;
    private HashSet<Endpoint> _down = [];
    private VirtualServerConfig _service;
    private IReadOnlyList<Endpoint> _order = [];
    private Dictionary<Endpoint, RealServerConfig> _servers = [];

    /// <summary>The pool of a service that comes into force.</summary>
    public ServicePool(VirtualServerConfig service, ICollection<string> log)
    {
        (_key, _service) = (service.Key, service);
        Configure(service, log);
    }

    /// <summary>The service as it was configured last.</summary>
    public VirtualServerConfig Service => _service;

    /// <summary>Whether the living servers' weights reach the quorum.</summary>
    public bool HasQuorum { get; private set; }

    /// <summary>Whether the sorry server serves, alone.</summary>
    public bool IsOnSorryServer { get; private set; }

    /// <summary>The pool, last added first, with the weights in force.</summary>
    public IEnumerable<RealServerConfig> Members => _order.Select(InForce);

    /// <summary>Whether the server's checks hold it up. A server that nobody checks is up.</summary>
    public bool IsAlive(Endpoint endpoint) => !_down.Contains(endpoint);

    /// <summary>
    /// Another one that stands as this does, so that a reload can be tried on it: nothing that happens to either is seen in the other.
    /// </summary>
    public ServicePool Copy()
    {
        var copy = (ServicePool)MemberwiseClone();
        copy._down = [.. _down];
        return copy;
    }

    /// <summary>
    /// Takes a configuration into force, the first or a new one. Servers that stay keep their health and their place; removed ones leave;
    /// new ones are added in the order of the file.
    /// </summary>
    public void Configure(VirtualServerConfig service, ICollection<string> log)
    {
        var (before, sorryBefore) = (_servers, _service.SorryServer);
        _service = service;
        _servers = service.RealServers.ToDictionary(server => server.Endpoint);
        _down.RemoveWhere(endpoint => !_servers.ContainsKey(endpoint));
        _down.UnionWith(service.RealServers.Where(server => server.StartsDown && !before.ContainsKey(server.Endpoint))
            .Select(server => server.Endpoint));
        if (IsOnSorryServer && sorryBefore!.Endpoint != service.SorryServer?.Endpoint)
        {
            log.Add($"Removing sorry server {Name(sorryBefore)} from VS {_key}");
            if (service.SorryServer is null) log.Add($"Adding alive servers to the pool for VS {_key}");
            IsOnSorryServer = false;
        }

        EvaluateQuorum(log);
    }

    /// <summary>
    /// A server's checks brought it up or took it down. Says what follows as keepalived says it; nothing if nothing changes.
    /// </summary>
    public void Apply(Endpoint endpoint, bool alive, ICollection<string> log)
    {
        if (!_servers.TryGetValue(endpoint, out var server) || alive == IsAlive(endpoint)) return;
        if (alive) _down.Remove(endpoint);
        else _down.Add(endpoint);
        log.Add((alive, server.InhibitOnFailure) switch
        {
            (true, false) => $"Adding service {Name(server)} to VS {_key}",
            (true, true) => $"Enabling service {Name(server)} of VS {_key}",
            (false, false) => $"Removing service {Name(server)} from VS {_key}",
            (false, true) => $"Disabling service {Name(server)} of VS {_key}",
        });
        EvaluateQuorum(log);
    }

    private void EvaluateQuorum(ICollection<string> log)
    {
        var weight = _servers.Values.Where(server => IsAlive(server.Endpoint)).Sum(server => (long)server.Weight);
        long quorum = _service.Quorum, hysteresis = _service.Hysteresis;
        if (!HasQuorum && weight >= quorum + hysteresis)
        {
            HasQuorum = true;
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"Gained quorum {quorum}+{hysteresis}={quorum + hysteresis} <= {weight} for VS {_key}"));
            if (IsOnSorryServer) LeaveSorryServer(log);
        }
        else if (HasQuorum && (weight == 0 || weight < quorum - hysteresis))
        {
            HasQuorum = false;
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"Lost quorum {quorum}-{hysteresis}={quorum - hysteresis} > {weight} for VS {_key}"));
            if (_service.SorryServer is { } sorry) TurnToSorryServer(sorry, log);
        }
        else if (!HasQuorum && !IsOnSorryServer && _service.SorryServer is { } sorry)
        {
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"Starting with quorum down {quorum}+{hysteresis}={quorum + hysteresis} > {weight} for VS {_key}"));
            TurnToSorryServer(sorry, log);
        }

        Settle();
    }

    private void TurnToSorryServer(RealServerConfig sorry, ICollection<string> log)
    {
        log.Add($"{(sorry.InhibitOnFailure ? "Enabling" : "Adding")} sorry server {Name(sorry)} to VS {_key}");
        log.Add($"Removing alive servers from the pool for VS {_key}");
        IsOnSorryServer = true;
    }

    private void LeaveSorryServer(ICollection<string> log)
    {
        var sorry = _service.SorryServer!;
        log.Add($"{(sorry.InhibitOnFailure ? "Disabling" : "Removing")} sorry server {Name(sorry)} from VS {_key}");
        log.Add($"Adding alive servers to the pool for VS {_key}");
        IsOnSorryServer = false;
    }

    /// <summary>
    /// Has those in the pool that belong there now. keepalived takes away and adds one by one, and in between clients find nobody; here
    /// both are one table.
    /// </summary>
    private void Settle()
    {
        var wanted = _service.RealServers.Where(server => Serves(server) || server.InhibitOnFailure).ToList();
        if (_service.SorryServer is { } sorry && (IsOnSorryServer || sorry.InhibitOnFailure)) wanted.Add(sorry);
        var endpoints = wanted.ConvertAll(server => server.Endpoint);
        _order = [.. endpoints.Except(_order).Reverse(), .. _order.Intersect(endpoints)];
    }

    private bool Serves(RealServerConfig server) => !IsOnSorryServer && IsAlive(server.Endpoint);

    private RealServerConfig InForce(Endpoint endpoint)
    {
        if (IsOnSorryServer && endpoint == _service.SorryServer!.Endpoint) return _service.SorryServer;
        if (!_servers.TryGetValue(endpoint, out var server)) return _service.SorryServer! with { Weight = 0 };
        return Serves(server) ? server : server with { Weight = 0 };
    }

    private string Name(RealServerConfig server) => server.Endpoint.ToString(_key.Protocol);
}
