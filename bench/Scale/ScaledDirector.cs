using Director.Config;
using Director.Control;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Bench;

/// <summary>The control side of a director with many services, without a kernel: every server is reached on the link.</summary>
internal sealed class ScaledDirector
{
    private const int Link = 1, Workers = 2;

    private static readonly MonoTime Now = MonoTime.Zero + TimeSpan.FromDays(1);

    private readonly NextHopTable _nextHops = new();
    private readonly DirectorCore _core;
    private int _change;

    public ScaledDirector()
    {
        _core = new(_nextHops, new(null, null, null));
        _nextHops.SetDevices([new(Link, "eth0", Traffic.DirectorMac, 1500)]);
    }

    /// <summary>The table in force.</summary>
    public ForwardingTable Table { get; private set; } = ForwardingTable.Empty(Workers);

    /// <summary>Takes a configuration into force, up to what is desired.</summary>
    public void Configure(DirectorConfig config)
    {
        _core.Configure(config, []);
        foreach (var server in _core.Servers)
        {
            _nextHops.SetRoute(server, new(Link, server, 0));
            _nextHops.SetNeighbour(Link, server, Traffic.ClientMac);
        }
    }

    /// <summary>Makes the table of what is desired.</summary>
    public ForwardingTable Publish() => Table = ForwardingTable.Build(_core.Desired(), Table, Now);

    /// <summary>A server of some service goes down, or comes back.</summary>
    public void ChangeServer()
    {
        var services = _core.Config.VirtualServers;
        var service = services[_change / 2 * 617 % services.Count];
        _core.Apply(service.Key, service.RealServers[0].Endpoint, alive: _change++ % 2 == 1, []);
    }
}
