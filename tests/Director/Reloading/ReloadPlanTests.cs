using Director.Config;
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
    public void A_password_changes_without_being_shown()
    {
        var step = Assert.Single(Plan(Text, Text.Replace("auth_pass 1111", "auth_pass hunter2", StringComparison.Ordinal)));
        Assert.StartsWith("~ vrrp_instance VI_1: auth_pass set #", step, StringComparison.Ordinal);
        Assert.DoesNotContain("1111 ", step, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", step, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Plan(string before, string after) => [.. ReloadPlan.Compare(Read(before), Read(after)).Select(step => step.ToString())];

    private static DirectorConfig Read(string text)
    {
        var result = ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text });
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        return result.Config;
    }
}
