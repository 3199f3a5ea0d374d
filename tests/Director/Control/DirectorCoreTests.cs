using System.Text;
using Director.Config;
using Director.Control;
using Director.Datapath.Scheduling;
using Director.Datapath.Tables;
using Director.Net;
using Director.Tests.Config;

namespace Director.Tests.Control;

/// <summary>From the configuration's text to the table that is forwarded by.</summary>
public sealed class DirectorCoreTests
{
    private const string Text = """
        virtual_server 192.0.2.1 80 {
            lb_algo sh
            lb_kind DR
            protocol TCP
            sh-port
            sh-fallback
            flag-3
            real_server 192.0.2.2 80 {
                uthreshold 100
                lthreshold 60
            }
            real_server 192.0.2.3 80 {
                weight 3
                uthreshold 50
            }
            real_server 192.0.2.4 80 {
            }
        }
        """;

    private const string Masqueraded = """
        virtual_server_group web {
            192.0.2.1 80
            192.0.2.1 443
        }
        virtual_server group web {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            real_server 192.0.2.2 8080 {
            }
            real_server 192.0.2.3 {
            }
            real_server 192.0.2.4 443 {
            }
            real_server 192.0.2.5 443 {
                lvs_method DR
            }
        }
        """;

    private static readonly ServiceKey Http = new(IpProtocol.Tcp, new(IpAddress128.Parse("192.0.2.1"), 80));

    private readonly NextHopTable _nextHops = new();
    private readonly DirectorCore _core;

    public DirectorCoreTests() => _core = new(_nextHops, new(Udp: TimeSpan.FromSeconds(30)));

    [Fact]
    public void Scheduler_flags_and_thresholds_reach_the_table()
    {
        var service = Assert.Single(Table(Text, ForwardingTable.Empty()).Services);
        Assert.Equal("sh", service.SchedulerName);
        Assert.Equal(SchedulerFlags.Port | SchedulerFlags.Fallback | SchedulerFlags.Third, service.SchedulerFlags);
        Assert.Equal(service.SchedulerFlags, service.Scheduler.Flags);
        Assert.Equal(
            [("192.0.2.4", 1, default), ("192.0.2.3", 3, new(50, 0)), ("192.0.2.2", 1, new(100, 60))],
            service.Pool.Servers.ToArray()
                .Select(server => (server.State.Key.Server.Address.ToString(), server.Weight, server.Thresholds)));
    }

    [Fact]
    public void Every_scheduler_that_can_be_written_is_forwarded_by()
    {
        foreach (var name in SchedulerCatalog.Names)
            Assert.Equal(name, Table(Text.Replace("lb_algo sh", $"lb_algo {name}", StringComparison.Ordinal), ForwardingTable.Empty())
                .Services[0].SchedulerName);
    }

    [Fact]
    public void A_reload_edits_flags_and_thresholds_and_keeps_the_connections()
    {
        var before = Table(Text, ForwardingTable.Empty());
        var server = before.Services[0].Pool[1].State;
        for (var i = 0; i < 20; i++) server.Bind();
        var after = Table(
            Text.Replace("uthreshold 50", "uthreshold 20", StringComparison.Ordinal).Replace("sh-port\n", "\n", StringComparison.Ordinal),
            before);
        Assert.Same(server, after.Services[0].Pool[1].State);
        Assert.True(server.IsOverloaded);
        Assert.Equal(SchedulerFlags.Fallback | SchedulerFlags.Third, after.Services[0].Scheduler.Flags);
    }

    [Fact]
    public void A_masqueraded_server_keeps_its_own_port_for_every_port_of_a_group()
    {
        Table(Masqueraded, ForwardingTable.Empty());
        Assert.Equal(
            [
                "80 DirectRouting [192.0.2.5]:80, Masquerading [192.0.2.4]:443, Masquerading [192.0.2.3]:0, Masquerading [192.0.2.2]:8080",
                "443 DirectRouting [192.0.2.5]:443, Masquerading [192.0.2.4]:443, Masquerading [192.0.2.3]:0, "
                    + "Masquerading [192.0.2.2]:8080",
            ],
            Desired());
    }

    [Fact]
    public void This_host_itself_is_served_unchanged_or_left_out_where_its_port_is_another()
    {
        Table(Masqueraded, ForwardingTable.Empty());
        _nextHops.SetOwn(IpAddress128.Parse("192.0.2.3"), true);
        _nextHops.SetOwn(IpAddress128.Parse("192.0.2.4"), true);
        _nextHops.SetOwn(IpAddress128.Parse("192.0.2.5"), true);
        Assert.Equal(
            [
                "80 local DirectRouting [192.0.2.5]:80, local DirectRouting [192.0.2.3]:0, Masquerading [192.0.2.2]:8080",
                "443 local DirectRouting [192.0.2.5]:443, local DirectRouting [192.0.2.4]:443, local DirectRouting [192.0.2.3]:0, "
                    + "Masquerading [192.0.2.2]:8080",
            ],
            Desired());
    }

    [Fact]
    public void The_swap_to_the_sorry_server_and_back_is_one_table_each()
    {
        var text = Text.Replace("protocol TCP", "protocol TCP\nquorum 4\nsorry_server 127.0.0.1 80", StringComparison.Ordinal);
        var before = Table(text, ForwardingTable.Empty());
        _nextHops.SetOwn(IpAddress128.Parse("127.0.0.1"), true);
        Assert.Contains(IpAddress128.Parse("127.0.0.1"), _core.Servers);
        _core.Apply(Http, new(IpAddress128.Parse("192.0.2.3"), 80), alive: false, []);
        Assert.Equal(["80 local DirectRouting [127.0.0.1]:80"], Desired());
        var sorry = ForwardingTable.Build(_core.Desired(), before, MonoTime.Zero + TimeSpan.FromDays(1));
        Assert.Equal("127.0.0.1", Assert.Single(sorry.Services[0].Pool.Servers.ToArray()).State.Key.Server.Address.ToString());
        _core.Apply(Http, new(IpAddress128.Parse("192.0.2.3"), 80), alive: true, []);
        var after = ForwardingTable.Build(_core.Desired(), sorry, MonoTime.Zero + TimeSpan.FromDays(1));
        Assert.Equal(
            before.Services[0].Pool.Servers.ToArray().Select(server => server.State),
            after.Services[0].Pool.Servers.ToArray().Select(server => server.State));
    }

    [Fact]
    public void Whatever_the_ports_and_methods_a_table_can_be_made_of_it()
    {
        var random = new Random(20261122);
        var tables = 0;
        for (var round = 0; round < 2000; round++)
        {
            var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = AnyGroup(random) });
            if (result.HasErrors) continue;
            _core.Configure(result.Config, []);
            _nextHops.SetOwn(IpAddress128.Parse("192.0.2.2"), random.Next(2) == 0);
            foreach (var server in result.Config.VirtualServers.SelectMany(service => service.RealServers))
                _core.Apply(result.Config.VirtualServers[0].Key, server.Endpoint, random.Next(2) == 0, []);
            ForwardingTable.Build(_core.Desired(), ForwardingTable.Empty(), MonoTime.Zero);
            tables++;
        }

        Assert.True(tables > 1000);
    }

    private static string AnyGroup(Random random)
    {
        var text = new StringBuilder("virtual_server_group web {\n");
        for (var i = random.Next(1, 4); i > 0; i--) text.Append($"192.0.2.1 {Any("80", "443", "0")}\n");
        text.Append($"}}\nvirtual_server group web {{\nlb_kind {Method()}\nprotocol TCP\n{Any("", "inhibit_on_failure\n")}");
        text.Append(Any("", $"sorry_server {Place()}\n{Any("", "sorry_server_inhibit\n", $"sorry_server_lvs_method {Method()}\n")}"));
        for (var i = random.Next(1, 5); i > 0; i--) text.Append($"real_server {Place()} {{\n{Any("", $"lvs_method {Method()}\n")}}}\n");
        return text.Append("}\n").ToString();

        string Any(params string[] words) => words[random.Next(words.Length)];

        string Method() => Any("NAT", "DR", "TUN");

        string Place() => $"{Any("192.0.2.2", "192.0.2.3")} {Any("", "80", "443")}";
    }

    [Fact]
    public void Timeouts_are_the_hosts_where_it_has_some_else_the_files_else_the_defaults()
    {
        Assert.Equal((900, 120, 30), Timeouts(Text));
        Assert.Equal((20, 120, 30), Timeouts("global_defs {\nlvs_timeouts tcp 20 udp 7\n}\n" + Text));
        Assert.Equal((900, 9, 30), Timeouts("global_defs {\nlvs_timeouts tcpfin 9\n}\n" + Text));
    }

    private (double Tcp, double TcpFin, double Udp) Timeouts(string text)
    {
        Table(text, ForwardingTable.Empty());
        return (_core.Timeouts.Established.TotalSeconds, _core.Timeouts.FinWait.TotalSeconds, _core.Timeouts.Udp.TotalSeconds);
    }

    private IEnumerable<string> Desired() =>
        from service in _core.Desired()
        let servers = service.Servers.Select(server => $"{(server.IsLocal ? "local " : "")}{server.Method} {server.Endpoint}")
        select $"{service.Key.Virtual.Port} {string.Join(", ", servers)}";

    private ForwardingTable Table(string text, ForwardingTable previous)
    {
        var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text });
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        Assert.Empty(ConfigSupport.Problems(result.Config));
        _core.Configure(result.Config, []);
        return ForwardingTable.Build(_core.Desired(), previous, MonoTime.Zero + TimeSpan.FromDays(1));
    }
}
