using Director.Config;

namespace Director.Tests.Config;

public sealed class SlipTests
{
    /// <summary>A configuration that lost its spaces on the way, as those that are pasted do.</summary>
    private const string Pasted = """
        global_defs {
        router_idLVS_DEVEL
        }
        vrrp_instance_VI_1{
        stateMASTER
        }
        vrrp_instance VI_2 {
        stateMASTER
        interfaceeth0
        virtual_router_id201
        priority100
        advert_int1
        authentication {
        auth_typePASS
        auth_pass1111
        }
        virtual_ipaddress {
        192.168.80.130/24
        }
        }
        virtual_server192.168.80.131 80 {
        delay_loop 6
        }
        virtual_server 192.168.80.130 80 {
        delay_loop6
        lb_algowlc
        lb_kindDR
        persistence_timeout50
        protocolTCP
        real_server192.168.80.133 80 {
        weight1
        }
        real_server 192.168.80.134 80 {
        weight1
        TCP_CHECK {
        connect_timeout3
        nb_get_retry3
        delay_before_retry3
        }
        }
        }
        """;

    [Fact]
    public void Every_lost_space_is_found_named_with_its_line_and_reported_once()
    {
        Assert.Equal("""
            2:1 warning 'router_idLVS_DEVEL': the line is ignored (did you mean 'router_id LVS_DEVEL'?)
            4:1 warning 'vrrp_instance_VI_1': it is ignored up to line 6 (did you mean 'vrrp_instance VI_1'?)
            8:1 warning 'stateMASTER': the line is ignored (did you mean 'state MASTER'?)
            9:1 error 'interfaceeth0': the line is ignored (did you mean 'interface eth0'?)
            10:1 error 'virtual_router_id201': the line is ignored (did you mean 'virtual_router_id 201'?)
            11:1 warning 'priority100': the line is ignored (did you mean 'priority 100'?)
            12:1 warning 'advert_int1': the line is ignored (did you mean 'advert_int 1'?)
            14:1 error 'auth_typePASS': the line is ignored (did you mean 'auth_type PASS'?)
            15:1 error 'auth_pass1111': the line is ignored (did you mean 'auth_pass 1111'?)
            21:1 warning 'virtual_server192.168.80.131': it is ignored up to line 23 (did you mean 'virtual_server 192.168.80.131 80'?)
            25:1 warning 'delay_loop6': the line is ignored (did you mean 'delay_loop 6'?)
            26:1 warning 'lb_algowlc': the line is ignored and wlc is used (did you mean 'lb_algo wlc'?)
            27:1 warning 'lb_kindDR': the line is ignored and NAT is used (did you mean 'lb_kind DR'?)
            28:1 warning 'persistence_timeout50': the line is ignored (did you mean 'persistence_timeout 50'?)
            29:1 warning 'protocolTCP': the line is ignored and UDP is used (did you mean 'protocol TCP'?)
            30:1 warning 'real_server192.168.80.133': it is ignored up to line 32 (did you mean 'real_server 192.168.80.133 80'?)
            34:1 warning 'weight1': the line is ignored (did you mean 'weight 1'?)
            36:1 warning 'connect_timeout3': the line is ignored (did you mean 'connect_timeout 3'?)
            37:1 warning 'nb_get_retry3': the line is ignored (did you mean 'nb_get_retry 3'?)
            38:1 warning 'delay_before_retry3': the line is ignored (did you mean 'delay_before_retry 3'?)
            """, Reading.Listing(Pasted).Replace(" unknown-keyword: unknown keyword", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slip_reads_as_one_line_with_path_line_and_column() =>
        Assert.Equal(
            "/etc/keepalived/keepalived.conf:2:1: warning: unknown keyword 'router_idLVS_DEVEL': the line is ignored "
            + "(did you mean 'router_id LVS_DEVEL'?)",
            Reading.Read(Pasted).Diagnostics[0].ToString());

    [Theory]
    [InlineData("virtual_server", "wieght 1", "weight")]
    [InlineData("virtual_server", "lbalgo wlc", "lb_algo")]
    [InlineData("virtual_server", "LB_ALGO wlc", "lb_algo")]
    [InlineData("virtual_server", "persistance_timeout 50", "persistence_timeout")]
    [InlineData("virtual_server", "lb_algo:wlc", "lb_algo wlc")]
    [InlineData("virtual_server", "weight=1", "weight 1")]
    [InlineData("virtual_server", "protocoltcp", "protocol tcp")]
    [InlineData("virtual_server", "lvs_schedwlc", "lvs_sched wlc")]
    [InlineData("virtual_server", "quorum2", "quorum 2")]
    [InlineData("virtual_server", "weight\u00a01", "weight 1")]
    [InlineData("virtual_server", "\u00a0\u00a0\u00a0\u00a0weight 1", "weight")]
    [InlineData("virtual_server", "weight1 # really", "weight 1")]
    [InlineData("vrrp_instance", "interfaces eth0", "interface")]
    [InlineData("vrrp_instance", "interface-eth0", "interface eth0")]
    [InlineData("vrrp_instance", "virtual_ipadress {\n}", "virtual_ipaddress")]
    [InlineData("vrrp_instance", "preemptdelay 5", "preempt_delay")]
    public void A_near_keyword_is_suggested(string block, string line, string meant)
    {
        var diagnostic = Assert.Single(Reading.Read(Within(block, line)).Diagnostics);

        Assert.Equal((DiagnosticCode.UnknownKeyword, Severity.Warning, 8), (diagnostic.Code, diagnostic.Severity, diagnostic.Line));
        Assert.Equal($"did you mean '{meant}'?", diagnostic.Hint);
    }

    [Theory]
    [InlineData("virtual_server", "syn_proxy", null)]
    [InlineData("virtual_server", "laddr_group_name x", null)]
    [InlineData("virtual_server", "nb_sock_retry 3", null)]
    [InlineData("virtual_server", "connect_port 80", "it belongs into a check such as TCP_CHECK")]
    [InlineData("virtual_server", "auth_pass x", "it belongs into authentication")]
    [InlineData("vrrp_instance", "uthreshold 5", "it belongs into real_server")]
    [InlineData("vrrp_instance", "delay_loop 5", "it belongs into virtual_server or real_server or a check such as TCP_CHECK")]
    public void A_keyword_that_is_like_none_is_only_named_or_sent_where_it_belongs(string block, string line, string? hint)
    {
        var diagnostic = Assert.Single(Reading.Read(Within(block, line)).Diagnostics);

        Assert.Equal((DiagnosticCode.UnknownKeyword, Severity.Warning, 8), (diagnostic.Code, diagnostic.Severity, diagnostic.Line));
        Assert.Equal(hint, diagnostic.Hint);
    }

    [Fact]
    public void An_unknown_block_is_skipped_whole_and_what_follows_it_still_counts()
    {
        var result = Reading.Read(Within("vrrp_instance", "foo {\npriority 7\nbar { state MASTER }\n}\npriority 150"));

        Assert.Equal("8:1 warning unknown-keyword: unknown keyword 'foo': it is ignored up to line 11", Reading.Listing(result));
        Assert.Equal(150, Assert.Single(result.Config.VrrpInstances).Priority);
    }

    [Fact]
    public void A_required_keyword_that_is_both_slipped_and_given_is_only_a_warning()
    {
        var diagnostic = Assert.Single(Reading.Read(Within("vrrp_instance", "interfaceeth1")).Diagnostics);

        Assert.Equal(Severity.Warning, diagnostic.Severity);
    }

    private static string Within(string block, string line) => block == "vrrp_instance"
        ? $"# 1\n\nvrrp_instance A {{\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {{ 10.0.0.1\n}}\n{line}\n}}"
        : $"# 1\n\nvirtual_server 10.0.0.1 80 {{\nlb_algo wlc\nlb_kind DR\nprotocol TCP\n\n{line}\nreal_server 10.0.0.2 80 {{\n}}\n}}";
}
