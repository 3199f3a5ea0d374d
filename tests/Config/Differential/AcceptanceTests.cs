using Director.Config;
using Director.Tests.Support;

namespace Director.Tests.Config.Differential;

/// <summary>
/// Whole files of the shapes that are most deployed: the same objects as keepalived has of them, and a diagnostic on each line that it
/// complains of.
/// </summary>
public sealed class AcceptanceTests
{
    private const string Template = """
        global_defs {
            notification_email {
                ops@example.org
            }
            notification_email_from lb@example.org
            smtp_server 192.0.2.25
            smtp_connect_timeout 30
            router_id LVS_A
            vrrp_skip_check_adv_addr
            vrrp_strict
            vrrp_garp_interval 0
            vrrp_gna_interval 0
        }
        vrrp_instance VI_1 {
            state MASTER
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            authentication {
                auth_type PASS
                auth_pass 2222
            }
            virtual_ipaddress {
                192.0.2.16
                192.0.2.17
            }
        }
        virtual_server 192.0.2.100 443 {
            delay_loop 6
            lb_algo rr
            lb_kind NAT
            persistence_timeout 50
            protocol TCP
            real_server 192.0.2.201 443 {
                weight 1
                SSL_GET {
                    url {
                        path /
                        digest ff20ad2481f97b1754ef3e12ecd3a9cc
                    }
                    connect_timeout 3
                    retry 3
                    delay_before_retry 3
                }
            }
        }
        """;

    private const string Quorum = """
        virtual_server 192.0.2.1 80 {
            delay_loop 5
            lvs_sched wrr
            lvs_method DR
            protocol TCP
            alpha
            omega
            quorum 7
            hysteresis 2
            quorum_up "/nonexistent/up 192.0.2.1"
            quorum_down "/nonexistent/down 192.0.2.1"
            ~SEQ(N, 2, 11) real_server 192.0.2.${N} 80 { }
        }
        """;

    private const string Conditions = """
        global_defs {
            @lb1 router_id first
            @lb2 router_id second
            script_user root
            enable_script_security
        }
        vrrp_instance VI_1 {
            interface eth0
            @lb1 priority 150
            @lb2 priority 100
            @^lb1 nopreempt
            virtual_router_id 7
            virtual_ipaddress {
                192.0.2.9/24 dev eth0
            }
        }
        """;

    private const string GroupsWithoutTheirBlock = """
        vrrp_sync_group G1 {
            VI_1
            VI_2
        }
        vrrp_instance VI_1 {
            interface eth0
            lvs_sync_daemon_interface eth0
            virtual_router_id 1
            virtual_ipaddress {
                192.0.2.3
            }
        }
        """;

    private const string Groups = """
        virtual_server_group VSG {
            192.0.2.1 80
            192.0.2.2-5 80
        }
        virtual_server group VSG {
            lb_algo sh
            lb_kind TUN
            protocol UDP
            sorry_server 192.0.2.200 80
            real_server 192.0.2.10 80 {
                inhibit_on_failure
                notify_down "/nonexistent/down now"
            }
        }
        """;

    [KernelFact]
    public void A_file_of_each_shape_is_understood_as_by_keepalived()
    {
        using var keepalived = new KeepalivedCheck();
        Check(keepalived, Template, instances: 1, servers: 1);
        Check(keepalived, Quorum, instances: 0, servers: 10);
        Check(keepalived, Conditions, instances: 1, servers: 0);
        Check(keepalived, GroupsWithoutTheirBlock, instances: 1, servers: 0);
        Check(keepalived, Groups, instances: 0, servers: 1);
    }

    private static void Check(KeepalivedCheck keepalived, string text, int instances, int servers)
    {
        var (_, said) = keepalived.Check(text);
        var result = ConfigReader.Read(
            Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true, new(KeepalivedCheck.Id));
        var ours = Linter.Lint(result);

        Assert.Equal(instances, result.Config.VrrpInstances.Count);
        Assert.Equal(servers, result.Config.VirtualServers.Sum(service => service.RealServers.Count));
        if (said.Count == 0) Assert.False(result.HasErrors, Reading.Listing(result));
        foreach (var complaint in said.Where(complaint => complaint.Line > 0))
            Assert.True(ours.Any(diagnostic => diagnostic.Line == complaint.Line), $"{complaint}\n{text}");
    }
}
