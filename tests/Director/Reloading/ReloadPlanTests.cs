using Director.Config;
using Director.Control;
using Director.Linux.Netlink;
using Director.Net;
using Director.Reloading;
using Director.Tests.Config;

namespace Director.Tests.Reloading;

public sealed class ReloadPlanTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Architecture.RepositoryRoot.Path, "examples/balance/master.conf"));

    [Fact]
    public void An_unchanged_file_gives_an_empty_plan() => Assert.Empty(Plan(Text, Text));

    [Fact]
    public void The_same_configuration_written_otherwise_gives_an_empty_plan() =>
        Assert.Empty(Plan(Text, Text
            .Replace("lb_algo", "lvs_sched", StringComparison.Ordinal)
            .Replace("    ", "\t", StringComparison.Ordinal)));

    [Fact]
    public void Each_change_is_named() => Assert.Equal(
        [
            "~ virtual_server [192.168.80.130]:tcp:80: persistence_timeout 50 s -> 60 s",
            "~ virtual_server [192.168.80.130]:tcp:80: flags None -> Flag3",
            "~ virtual_server [192.168.80.130]:tcp:80 real_server [192.168.80.133]:tcp:80: weight 1 -> 5",
            "~ virtual_server [192.168.80.130]:tcp:80 real_server [192.168.80.134]:tcp:80: weight 1 -> 5",
        ],
        Plan(Text, Text
            .Replace("weight 1", "weight 5", StringComparison.Ordinal)
            .Replace("timeout 50", "timeout 60\nflag-3", StringComparison.Ordinal)));

    [Fact]
    public void Additions_come_first_and_removals_last()
    {
        var plan = Plan(Text, Text
            .Replace("192.168.80.134", "192.168.80.136", StringComparison.Ordinal)
            .Replace("priority 100", "priority 90", StringComparison.Ordinal));
        Assert.Equal(
            [
                "+ virtual_server [192.168.80.130]:tcp:80 real_server [192.168.80.136]:tcp:80",
                "~ vrrp_instance VI_1: priority 100 -> 90",
                "- virtual_server [192.168.80.130]:tcp:80 real_server [192.168.80.134]:tcp:80",
            ],
            plan);
    }

    [Fact]
    public void A_sorry_server_and_the_quorum_are_named()
    {
        var sorry = Text.Replace("protocol TCP", "protocol TCP\nquorum 2\nsorry_server 127.0.0.1 80", StringComparison.Ordinal);
        Assert.Equal(
            [
                "+ virtual_server [192.168.80.130]:tcp:80 sorry_server [127.0.0.1]:tcp:80",
                "~ virtual_server [192.168.80.130]:tcp:80: quorum 1 -> 2",
            ],
            Plan(Text, sorry));
        Assert.Equal(
            ["~ virtual_server [192.168.80.130]:tcp:80 sorry_server [127.0.0.1]:tcp:80: sorry_server_inhibit no -> yes"],
            Plan(sorry, sorry.Replace("quorum 2", "quorum 2\nsorry_server_inhibit", StringComparison.Ordinal)));
    }

    [Fact]
    public void Timeouts_are_named_one_by_one() => Assert.Equal(
        ["~ global_defs: lvs_timeouts tcp none -> 60 s", "~ global_defs: lvs_timeouts udp 7 s -> none"],
        Plan("global_defs {\nlvs_timeouts udp 7\n}\n", "global_defs {\nlvs_timeouts tcp 60\n}\n"));

    [Fact]
    public void A_method_is_named_as_it_is_written() => Assert.Equal(
        [
            "~ virtual_server [192.168.80.130]:tcp:80: lb_kind DR -> NAT",
            "~ virtual_server [192.168.80.130]:tcp:80 real_server [192.168.80.133]:tcp:80: lvs_method DR -> NAT",
            "~ virtual_server [192.168.80.130]:tcp:80 real_server [192.168.80.134]:tcp:80: lvs_method DR -> NAT",
        ],
        Plan(Text, Text.Replace("lb_kind DR", "lb_kind NAT", StringComparison.Ordinal)));

    [Fact]
    public void Each_step_says_how_many_connections_it_touches_and_what_follows()
    {
        var live = new Live();
        var (key, steps) = ("virtual_server [192.168.80.130]:tcp:80", PlanSteps(live, Text, Text
            .Replace("192.168.80.134", "192.168.80.136", StringComparison.Ordinal)
            .Replace("weight 1", "weight 0", StringComparison.Ordinal)
            .Replace("virtual_router_id 201", "virtual_router_id 202", StringComparison.Ordinal)
            .Replace("lb_algo wlc", "lb_algo rr", StringComparison.Ordinal)));
        Assert.Equal(
            [
                ($"+ {key} real_server [192.168.80.136]:tcp:80", null, "takes connections at once"),
                ("~ vrrp_instance VI_1: virtual_router_id 201 -> 202", 14L,
                    "another virtual router: the one that is master resigns, a failover, and this begins anew"),
                ($"~ {key}: lb_algo wlc -> rr", 14L, "connections stay with their servers; new ones are spread by it"),
                ($"~ {key} real_server [192.168.80.133]:tcp:80: weight 1 -> 0", 7L, "its connections go on; it takes no new ones"),
                ($"- {key} real_server [192.168.80.134]:tcp:80", 7L,
                    "its connections lose their server: their packets are dropped unless it comes back"),
            ],
            steps.Select(step => (step.ToString(), step.Connections, step.Effect)));
    }

    [Fact]
    public void A_check_is_an_object_of_its_own()
    {
        var step = Assert.Single(PlanSteps(null, Text, ReplaceFirst(Text, "connect_timeout 3", "connect_timeout 4")));
        Assert.Equal((PlanKind.Check, "connect_timeout", "3 s", "4 s"), (step.Kind, step.Keyword, step.Before, step.After));
        Assert.Equal("begins anew: what it knew is forgotten, and it passes until it has been tried", step.Effect);
    }

    [Fact]
    public void Services_that_a_director_without_a_datapath_would_not_serve_need_a_restart()
    {
        var without = Read("vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n}\n");
        var with = Read(Text);
        var placement = new DatapathPlacement([], [], [], new Dictionary<IpAddress128, RouteEntry?>(), [], []);
        Assert.Contains("restart the director",
            Assert.Single(RestartNeeds.Of(without, with, placement, new NoForwarding("nothing to serve", isWanted: true))),
            StringComparison.Ordinal);
        Assert.Empty(RestartNeeds.Of(without, with, placement, new NoForwarding("Datapath:Mode is none")));
        Assert.Empty(RestartNeeds.Of(without, without, placement, new NoForwarding("nothing to serve", isWanted: true)));
    }

    [Fact]
    public void A_password_changes_without_being_shown()
    {
        var step = Assert.Single(Plan(Text, Text.Replace("auth_pass 1111", "auth_pass hunter2", StringComparison.Ordinal)));
        Assert.StartsWith("~ vrrp_instance VI_1: auth_pass set #", step, StringComparison.Ordinal);
        Assert.DoesNotContain("1111 ", step, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", step, StringComparison.Ordinal);
    }

    private static string ReplaceFirst(string text, string what, string by)
    {
        var place = text.IndexOf(what, StringComparison.Ordinal);
        return text[..place] + by + text[(place + what.Length)..];
    }

    private static IReadOnlyList<PlanStep> PlanSteps(IPlanSubject? live, string before, string after) =>
        ReloadPlan.Compare(Read(before), Read(after), live);

    private static IReadOnlyList<string> Plan(string before, string after) =>
        [.. ReloadPlan.Compare(Read(before), Read(after)).Select(step => step.ToString())];

    private sealed class Live : IPlanSubject
    {
        public long ConnectionsOf(ServiceKey service, Endpoint server) => 7;

        public bool IsMaster(string instance) => true;
    }

    private static DirectorConfig Read(string text)
    {
        var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text });
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        return result.Config;
    }
}
