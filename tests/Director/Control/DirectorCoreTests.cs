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

    private readonly DirectorCore _core = new(new NextHopTable());

    [Fact]
    public void Scheduler_flags_and_thresholds_reach_the_table()
    {
        var service = Assert.Single(Table(Text, ForwardingTable.Empty()).Services);
        Assert.Equal("sh", service.SchedulerName);
        Assert.Equal(SchedulerFlags.Port | SchedulerFlags.Fallback | SchedulerFlags.Third, service.SchedulerFlags);
        Assert.Equal(service.SchedulerFlags, service.Scheduler.Flags);
        Assert.Equal(
            [("192.0.2.4", 1, default), ("192.0.2.3", 3, new(50, 0)), ("192.0.2.2", 1, new(100, 60))],
            service.Pool.Servers.ToArray().Select(server => (server.State.Key.Server.Address.ToString(), server.Weight, server.Thresholds)));
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
            Text.Replace("uthreshold 50", "uthreshold 20", StringComparison.Ordinal).Replace("sh-port\n", "\n", StringComparison.Ordinal), before);
        Assert.Same(server, after.Services[0].Pool[1].State);
        Assert.True(server.IsOverloaded);
        Assert.Equal(SchedulerFlags.Fallback | SchedulerFlags.Third, after.Services[0].Scheduler.Flags);
    }

    private ForwardingTable Table(string text, ForwardingTable previous)
    {
        var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text });
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        Assert.Empty(ConfigSupport.Problems(result.Config));
        _core.Configure(result.Config, []);
        return ForwardingTable.Build(_core.Desired(), previous, MonoTime.Zero + TimeSpan.FromDays(1));
    }
}
