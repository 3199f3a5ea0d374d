using System.Globalization;
using Director.Config;
using Director.Net;

namespace Director.Control;

/// <summary>
/// The servers of one virtual service: which are alive, which stand in the pool and in what order. Pure; the control loop's own.
/// The order is IPVS's: a server that is added goes to the head, so one that returns from failure stands first
/// (Linux net/netfilter/ipvs/ip_vs_ctl.c, <c>ip_vs_add_dest</c>). What becomes of a failing server is keepalived's
/// (keepalived/check/ipwrapper.c): removed, or set to weight 0 by <c>inhibit_on_failure</c>; quorum is told of, and without a sorry
/// server changes nothing.
/// </summary>
internal sealed class ServicePool
{
    private readonly ServiceKey _key;
    private readonly List<RealServerConfig> _order = [];
    private readonly HashSet<Endpoint> _down = [];
    private Dictionary<Endpoint, RealServerConfig> _servers = [];
    private long _quorum;
    private long _hysteresis;

    /// <summary>An empty pool; <see cref="Configure"/> fills it.</summary>
    public ServicePool(ServiceKey key) => _key = key;

    /// <summary>Whether the living servers' weights reach the quorum.</summary>
    public bool HasQuorum { get; private set; }

    /// <summary>The pool, last added first, with the weights in force.</summary>
    public IEnumerable<RealServerConfig> Members =>
        _order.Select(server => IsAlive(server.Endpoint) ? server : server with { Weight = 0 });

    /// <summary>Whether the server's checks hold it up. A server that nobody checks is up.</summary>
    public bool IsAlive(Endpoint endpoint) => !_down.Contains(endpoint);

    /// <summary>Whether the scheduler may see the server, though perhaps with weight 0.</summary>
    public bool IsInPool(Endpoint endpoint) => _order.Exists(server => server.Endpoint == endpoint);

    /// <summary>
    /// Takes a configuration into force, the first or a new one. Servers that stay keep their health and their place; removed ones leave;
    /// new ones are added in the order of the file.
    /// </summary>
    public void Configure(IReadOnlyList<RealServerConfig> servers, long quorum, long hysteresis, ICollection<string> log)
    {
        var before = _servers;
        _servers = servers.ToDictionary(server => server.Endpoint);
        (_quorum, _hysteresis) = (quorum, hysteresis);

        _order.RemoveAll(server => !_servers.ContainsKey(server.Endpoint));
        _down.RemoveWhere(endpoint => !_servers.ContainsKey(endpoint));
        foreach (var server in servers)
        {
            var isNew = !before.ContainsKey(server.Endpoint);
            if (isNew && server.StartsDown) _down.Add(server.Endpoint);
            var place = _order.FindIndex(member => member.Endpoint == server.Endpoint);
            if (place >= 0) _order[place] = server;
            else if (IsAlive(server.Endpoint) || server.InhibitOnFailure) _order.Insert(0, server);
        }

        EvaluateQuorum(log);
    }

    /// <summary>
    /// A server's checks brought it up or took it down. Says what follows as keepalived says it; nothing if nothing changes.
    /// </summary>
    public void Apply(Endpoint endpoint, bool alive, ICollection<string> log)
    {
        if (!_servers.TryGetValue(endpoint, out var server) || alive == IsAlive(endpoint)) return;
        var name = endpoint.ToString(_key.Protocol);
        if (alive)
        {
            _down.Remove(endpoint);
            if (IsInPool(endpoint))
            {
                log.Add($"Enabling service {name} to VS {_key}");
            }
            else
            {
                log.Add($"Adding service {name} to VS {_key}");
                _order.Insert(0, server);
            }
        }
        else
        {
            _down.Add(endpoint);
            if (server.InhibitOnFailure)
            {
                log.Add($"Disabling service {name} from VS {_key}");
            }
            else
            {
                log.Add($"Removing service {name} from VS {_key}");
                _order.RemoveAll(member => member.Endpoint == endpoint);
            }
        }

        EvaluateQuorum(log);
    }

    private void EvaluateQuorum(ICollection<string> log)
    {
        var weight = _servers.Values.Where(server => IsAlive(server.Endpoint)).Sum(server => (long)server.Weight);
        if (!HasQuorum && weight >= _quorum + _hysteresis)
        {
            HasQuorum = true;
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"Gained quorum {_quorum}+{_hysteresis}={_quorum + _hysteresis} <= {weight} for VS {_key}"));
        }
        else if (HasQuorum && (weight == 0 || weight < _quorum - _hysteresis))
        {
            HasQuorum = false;
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"Lost quorum {_quorum}-{_hysteresis}={_quorum - _hysteresis} > {weight} for VS {_key}"));
        }
    }
}
