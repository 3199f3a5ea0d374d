using System.Globalization;
using Director.Checks;
using Director.Config;
using Director.Net;

namespace Director.Control;

/// <summary>
/// The servers of one virtual service: which are alive, which stand in the pool and in what order. Pure; the control loop's own.
/// The order is IPVS's: a server that is added goes to the head, so one that returns from failure stands first
/// (Linux net/netfilter/ipvs/ip_vs_ctl.c, <c>ip_vs_add_dest</c>). Who is in the pool is as keepalived decides it
/// (keepalived/check/ipwrapper.c): a failing server is removed, or set to weight 0 by <c>inhibit_on_failure</c>. With the quorum, living
/// servers go the same way and the sorry server comes; without a sorry server its loss is told of and changes nothing, unless nobody is
/// alive and <c>fail_open</c> puts all of them back. With <c>slow_start</c> a server that has come up begins with weight 1.
/// </summary>
internal sealed class ServicePool
{
    private readonly ServiceKey _key;
    private HashSet<Endpoint> _down = [];
    private Dictionary<Endpoint, WeightShift> _shifts = [];

    /// <summary>The servers whose weight still rises, each with when it came up.</summary>
    private Dictionary<Endpoint, MonoTime> _rising = [];

    private MonoTime _now;
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

    /// <summary>What the quorum was held against when it was gained or lost, or at the start: <c>1+0=1 &lt;= 2</c>.</summary>
    public string QuorumSum { get; private set; } = "";

    /// <summary>Whether the sorry server serves, alone.</summary>
    public bool IsOnSorryServer { get; private set; }

    /// <summary>Whether all its servers are down and serve nevertheless.</summary>
    public bool IsFailingOpen { get; private set; }

    /// <summary>Whether the weight of some server still rises, so that <see cref="Rise"/> has something to do.</summary>
    public bool IsRising => _rising.Count > 0;

    /// <summary>The weights of living servers, added up: what is held against <see cref="VirtualServerConfig.Quorum"/>.</summary>
    public long LivingWeight =>
        _servers.Values.Where(server => IsAlive(server.Endpoint)).Sum(server => (long)EffectiveWeight(server));

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
        (copy._down, copy._shifts, copy._rising) = ([.. _down], new(_shifts), new(_rising));
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
        foreach (var gone in _shifts.Keys.Concat(_rising.Keys).Where(endpoint => !_servers.ContainsKey(endpoint)).ToList())
        {
            _shifts.Remove(gone);
            _rising.Remove(gone);
        }

        if (IsOnSorryServer && sorryBefore!.Endpoint != service.SorryServer?.Endpoint)
        {
            log.Add($"Removing sorry server {Name(sorryBefore)} from VS {_key}");
            if (service.SorryServer is null) log.Add($"Adding alive servers to the pool for VS {_key}");
            IsOnSorryServer = false;
        }

        EvaluateQuorum(log);
    }

    /// <summary>
    /// A server's checks brought it up or took it down. Says what follows as keepalived says it; nothing if nothing changes. The instant
    /// matters to <c>slow_start</c> only.
    /// </summary>
    public void Apply(Endpoint endpoint, bool alive, ICollection<string> log, MonoTime now = default)
    {
        if (!_servers.TryGetValue(endpoint, out var server) || alive == IsAlive(endpoint)) return;
        _now = now;
        _rising.Remove(endpoint);
        if (alive) _down.Remove(endpoint);
        else _down.Add(endpoint);
        if (alive && _service.SlowStart > TimeSpan.Zero) _rising[endpoint] = now;
        log.Add((alive, server.InhibitOnFailure) switch
        {
            (true, false) => $"Adding service {Name(server)} to VS {_key}",
            (true, true) => $"Enabling service {Name(server)} of VS {_key}",
            (false, false) => $"Removing service {Name(server)} from VS {_key}",
            (false, true) => $"Disabling service {Name(server)} of VS {_key}",
        });
        EvaluateQuorum(log);
    }

    /// <summary>A server's checks want another weight for it. It counts for the quorum, and holds while the server is up.</summary>
    public void Apply(Endpoint endpoint, WeightShift shift, ICollection<string> log)
    {
        if (!_servers.TryGetValue(endpoint, out var server) || _shifts.GetValueOrDefault(endpoint) == shift) return;
        var before = EffectiveWeight(server);
        if (shift == default) _shifts.Remove(endpoint);
        else _shifts[endpoint] = shift;
        var after = EffectiveWeight(server);
        if (before == after) return;
        log.Add(string.Create(CultureInfo.InvariantCulture,
            $"Changing weight from {before} to {after} for {Name(server)} of VS {_key}"));
        EvaluateQuorum(log);
    }

    /// <summary>Time has passed: whether a weight has risen.</summary>
    public bool Rise(MonoTime now)
    {
        if (_rising.Count == 0) return false;
        var before = Members.Select(server => server.Weight).ToList();
        _now = now;
        foreach (var (endpoint, since) in _rising.ToList())
            if (now - since >= _service.SlowStart) _rising.Remove(endpoint);
        return !before.SequenceEqual(Members.Select(server => server.Weight));
    }

    private int EffectiveWeight(RealServerConfig server) => _shifts.GetValueOrDefault(server.Endpoint).Of(server.Weight);

    private void EvaluateQuorum(ICollection<string> log)
    {
        var weight = LivingWeight;
        long quorum = _service.Quorum, hysteresis = _service.Hysteresis;
        var gained = string.Create(CultureInfo.InvariantCulture, $"{quorum}+{hysteresis}={quorum + hysteresis} <= {weight}");
        var missed = string.Create(CultureInfo.InvariantCulture, $"{quorum}+{hysteresis}={quorum + hysteresis} > {weight}");
        if (QuorumSum.Length == 0) QuorumSum = missed;
        if (!HasQuorum && weight >= quorum + hysteresis)
        {
            HasQuorum = true;
            QuorumSum = gained;
            log.Add($"Gained quorum {gained} for VS {_key}");
            if (IsOnSorryServer) LeaveSorryServer(log);
        }
        else if (HasQuorum && (weight == 0 || weight < quorum - hysteresis))
        {
            HasQuorum = false;
            QuorumSum = string.Create(CultureInfo.InvariantCulture, $"{quorum}-{hysteresis}={quorum - hysteresis} > {weight}");
            log.Add($"Lost quorum {QuorumSum} for VS {_key}");
            if (_service.SorryServer is { } sorry) TurnToSorryServer(sorry, log);
        }
        else if (!HasQuorum && !IsOnSorryServer && _service.SorryServer is { } sorry)
        {
            log.Add($"Starting with quorum down {missed} for VS {_key}");
            TurnToSorryServer(sorry, log);
        }

        var failsOpen = _service is { FailsOpen: true, SorryServer: null } && _servers.Keys.All(endpoint => !IsAlive(endpoint));
        if (failsOpen != IsFailingOpen)
        {
            IsFailingOpen = failsOpen;
            log.Add(failsOpen
                ? $"All real servers of VS {_key} are down: fail_open has all of them serve"
                : $"A real server of VS {_key} is up again: only those that are up serve");
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

    private bool Serves(RealServerConfig server) => !IsOnSorryServer && (IsFailingOpen || IsAlive(server.Endpoint));

    private RealServerConfig InForce(Endpoint endpoint)
    {
        if (IsOnSorryServer && endpoint == _service.SorryServer!.Endpoint) return _service.SorryServer;
        if (!_servers.TryGetValue(endpoint, out var server)) return _service.SorryServer! with { Weight = 0 };
        var weight = Serves(server) ? Risen(server) : 0;
        return weight == server.Weight ? server : server with { Weight = weight };
    }

    /// <summary>Its weight so far: what it is to be, times how far its slow start has come, but at least 1.</summary>
    private int Risen(RealServerConfig server)
    {
        var weight = EffectiveWeight(server);
        if (weight <= 1 || !_rising.TryGetValue(server.Endpoint, out var since)) return weight;
        var share = (_now - since) / _service.SlowStart;
        return Math.Clamp((int)(weight * share), 1, weight);
    }

    private string Name(RealServerConfig server) => server.Endpoint.ToString(_key.Protocol);
}
