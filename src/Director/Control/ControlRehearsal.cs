using Director.Config;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Control;

/// <summary>
/// Plays a server's going and coming through a control side of its own, up to the table that workers would read, so that the first change
/// does not wait for the compiler. Touches nothing that serves for real.
/// </summary>
internal static class ControlRehearsal
{
    private const int Link = 1, Servers = 3;

    private static readonly IpAddress128 Vip = IpAddress128.FromV4(0xc000_0201);

    /// <summary>Plays it; on any thread.</summary>
    public static void Run()
    {
        var servers = Enumerable.Range(1, Servers)
            .Select(number => new RealServerConfig(new(IpAddress128.FromV4(Vip.V4 + (uint)number), 80), 1, false, [], default)).ToList();
        var service = new VirtualServerConfig(new(IpProtocol.Tcp, new(Vip, 80)), "wlc", null, 32, servers, default);
        var nextHops = new NextHopTable();
        nextHops.SetDevices([new(Link, "eth0", MacAddress.Broadcast, 1500)]);
        var core = new DirectorCore(nextHops, LvsTimeoutsConfig.None);
        var log = new List<string>();
        core.Configure(new(new(null), [], [service]), log);
        foreach (var server in core.Servers)
        {
            nextHops.SetRoute(server, new(Link, server, 0));
            nextHops.SetNeighbour(Link, server, MacAddress.Broadcast);
        }

        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Build(core.Desired(), ForwardingTable.Empty(), now);
        foreach (var alive in (bool[])[false, true])
        {
            core.Apply(service.Key, servers[0].Endpoint, alive, log);
            table = ForwardingTable.Build(core.Desired(), table, now);
        }
    }
}
