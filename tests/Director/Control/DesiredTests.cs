using System.Text;
using Director.Config;
using Director.Control;
using Director.Datapath;
using Director.Datapath.Tables;
using Director.Net;
using Director.Tests.Config;

namespace Director.Tests.Control;

/// <summary>What is desired is kept from change to change; that it is what looking at everything gives is shown here.</summary>
public sealed class DesiredTests
{
    private const int Services = 200, Addresses = 60, Gateways = 3;

    private readonly NextHopTable _nextHops = new();
    private readonly DirectorCore _core;

    public DesiredTests() => _core = new(_nextHops, new(null, null, null));

    [Fact]
    public void What_is_kept_equals_what_looking_at_everything_gives_through_any_history()
    {
        var random = new Random(20261127);
        Configure(Text(random));
        var before = _core.Desired();
        for (var step = 0; step < 400; step++)
        {
            var what = random.Next(20);
            if (what == 0) Configure(Text(random));
            else if (what < 8) Change(random);
            else ChangeNextHop(random);
            if (random.Next(5) == 0) continue;
            var desired = _core.Desired();
            Assert.Equal(Whole(), desired.Select(One));
            Assert.All(desired.ChangesSince(before).Where(place => place < before.Count), place =>
                Assert.NotEqual(before[place], desired[place]));
            before = desired;
        }
    }

    [Fact]
    public void A_check_touches_one_service_and_a_neighbour_those_whose_servers_are_behind_it()
    {
        Configure(Text(new(1)));
        _nextHops.SetDevices([new(1, "eth0", default, 1500)]);
        for (var number = 0; number < Addresses; number++) _nextHops.SetRoute(Server(number), new(1, Server(number), 0));
        var before = _core.Desired();
        Assert.Same(before, _core.Desired());

        var service = _core.Config.VirtualServers[70];
        _core.Apply(service.Key, service.RealServers[0].Endpoint, alive: false, []);
        var after = _core.Desired();
        Assert.Equal([70], after.ChangesSince(before));

        _nextHops.SetNeighbour(1, Server(5), Mac(1));
        var users = _core.Config.VirtualServers.Select((candidate, place) => (candidate, place))
            .Where(entry => _core.Members(entry.candidate, entry.candidate.Key).Any(server => server.Endpoint.Address == Server(5)));
        Assert.Equal(users.Select(entry => entry.place), _core.Desired().ChangesSince(after));
    }

    [Fact]
    public void A_reload_that_changes_one_service_leaves_the_others_the_same_objects()
    {
        var text = Text(new(2));
        Configure(text);
        var before = _core.Desired();
        Configure(text.Replace("lb_algo wlc", "lb_algo rr", StringComparison.Ordinal));
        var changed = before.Select((spec, place) => (spec, place)).Where(entry => entry.spec.Scheduler == "wlc").ToList();
        Assert.InRange(changed.Count, 1, Services - 1);
        Assert.Equal(changed.Select(entry => entry.place), _core.Desired().ChangesSince(before));
    }

    private static IpAddress128 Server(int number) => IpAddress128.FromV4(0x0a00_0000u + (uint)number);

    private static MacAddress Mac(int number) => MacAddress.TryParse($"02:00:00:00:00:{number:x2}", out var mac) ? mac : default;

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        foreach (var number in Enumerable.Range(0, Services).Where(_ => random.Next(10) != 0))
        {
            var scheduler = random.Next(10) == 0 ? "wlc" : "sh";
            text.Append($"virtual_server 192.0.2.{number} 80 {{\nlb_kind DR\nprotocol TCP\nlb_algo {scheduler}\n");
            if (random.Next(5) == 0) text.Append("sorry_server 10.0.0.1 80\n");
            if (random.Next(5) == 0) text.Append("inhibit_on_failure\n");
            foreach (var server in Enumerable.Range(0, Addresses).OrderBy(_ => random.Next()).Take(random.Next(1, 5)))
                text.Append($"real_server {Server(server)} 80 {{\nweight {random.Next(1, 4)}\n}}\n");
            text.Append("}\n");
        }

        return text.ToString();
    }

    private static string One(VirtualServiceSpec spec) => $"{spec.Key} {spec.Scheduler}: " + string.Join(", ",
        spec.Servers.Select(server => $"{server.Endpoint} {server.Weight} {server.IsLocal} {server.NextHop}"));

    private IEnumerable<string> Whole() =>
        from service in _core.Config.VirtualServers
        select $"{service.Key} {service.Scheduler}: " + string.Join(", ",
            from server in _core.Members(service, service.Key)
            let address = server.Endpoint.Address
            select $"{server.Endpoint} {server.Weight} {_nextHops.Own.Contains(address)} {_nextHops.Find(address)}");

    private void Configure(string text)
    {
        var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text });
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        _core.Configure(result.Config, []);
    }

    private void Change(Random random)
    {
        var service = _core.Config.VirtualServers[random.Next(_core.Config.VirtualServers.Count)];
        var server = service.RealServers[random.Next(service.RealServers.Count)];
        _core.Apply(service.Key, server.Endpoint, random.Next(2) == 0, []);
    }

    private void ChangeNextHop(Random random)
    {
        var server = Server(random.Next(Addresses));
        var neighbour = random.Next(2) == 0 ? server : Server(random.Next(Gateways));
        switch (random.Next(8))
        {
            case 0:
                _nextHops.SetOwn(server, random.Next(2) == 0);
                break;
            case 1:
                PortDevice[] devices = [new(1, "eth0", Mac(101), 1500), new(2, "eth1", Mac(102), 1400)];
                _nextHops.SetDevices([.. devices.OrderBy(_ => random.Next())]);
                break;
            case < 5:
                _nextHops.SetRoute(server, random.Next(4) == 0 ? null : new(random.Next(1, 3), neighbour, random.Next(2) * 1300));
                break;
            default:
                _nextHops.SetNeighbour(random.Next(1, 3), neighbour, random.Next(4) == 0 ? null : Mac(random.Next(9)));
                break;
        }
    }
}
