using Director.Config;

namespace Director.Tests.Config;

/// <summary>Whether every keyword that keepalived installs (2.4, lib/parser.c install_keyword) is known in its block.</summary>
public sealed class KnownKeywordTests
{
    private const string Root = """
        SSL bfd_instance child_wait_time garp_group global_defs instance interface_up_down_delays linkbeat_interfaces
        linkbeat_use_polling namespace_with_ipsets net_namespace net_namespace_ipvs static_ipaddress static_routes
        static_rules track_file track_group use_pid_dir virtual_server virtual_server_group vrrp_instance vrrp_script
        vrrp_sync_group vrrp_track_file vrrp_track_process
        """;

    private const string Global = """
        bfd_cpu_affinity bfd_no_swap bfd_priority bfd_process_name bfd_rlimit_rtime bfd_rlimit_rttime bfd_rt_priority
        checker_cpu_affinity checker_log_all_failures checker_no_swap checker_priority checker_process_name
        checker_rlimit_rtime checker_rlimit_rttime checker_rt_priority config_save_dir data_use_instance
        dbus_no_interface_name dbus_service_name default_interface disable_local_igmp dynamic_interfaces enable_dbus
        enable_script_security enable_snmp_checker enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2
        enable_snmp_rfcv3 enable_snmp_vrrp enable_traps fifo_write_vrrp_states_on_reload include_check iproute_etc_dir
        iproute_usr_dir json_dump_file json_version log_unknown_vrids lvs_flush lvs_flush_on_stop lvs_flush_onstop
        lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs
        lvs_netlink_monitor_rcv_bufs_force lvs_notify_fifo lvs_notify_fifo_script lvs_process_name lvs_sync_daemon
        lvs_timeouts max_auto_priority min_auto_priority_delay nftables nftables_counters nftables_ifindex nftables_ipvs
        nftables_ipvs_priority nftables_ipvs_start_fwmark nftables_priority no_checker_emails no_email_faults
        notification_email notification_email_from notify_fifo notify_fifo_script process_monitor_rcv_bufs
        process_monitor_rcv_bufs_force process_name process_names random_seed reload_check_config reload_file
        reload_repeat reload_time_file router_id rs_init_notifies script_user set_supplementary_groups shutdown_script
        shutdown_script_timeout smtp_alert smtp_alert_checker smtp_alert_vrrp smtp_connect_timeout smtp_helo_name
        smtp_server snmp_rs_stats_update_interval snmp_socket snmp_vs_stats_update_interval startup_script
        startup_script_timeout state_dump_file stats_dump_file tmp_config_directory umask use_symlink_paths
        v3_checksum_as_v2 vmac_addr_prefix vmac_prefix vrrp_check_unicast_src vrrp_cpu_affinity vrrp_delay_after_boot
        vrrp_down_timer_adverts vrrp_garp_extra_if vrrp_garp_interval vrrp_garp_lower_prio_delay
        vrrp_garp_lower_prio_repeat vrrp_garp_master_delay vrrp_garp_master_refresh vrrp_garp_master_refresh_repeat
        vrrp_garp_master_repeat vrrp_gna_interval vrrp_higher_prio_send_advert vrrp_ipsets vrrp_iptables
        vrrp_lower_prio_no_advert vrrp_mcast_group4 vrrp_mcast_group6 vrrp_min_garp vrrp_netlink_cmd_rcv_bufs
        vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force vrrp_no_swap
        vrrp_notify_fifo vrrp_notify_fifo_script vrrp_notify_priority_changes vrrp_owner_ignore_adverts vrrp_priority
        vrrp_process_name vrrp_rlimit_rtime vrrp_rlimit_rttime vrrp_rt_priority vrrp_rx_bufs_multiplier
        vrrp_rx_bufs_policy vrrp_skip_check_adv_addr vrrp_startup_delay vrrp_strict vrrp_version vrrp_vmac_garp_intvl
        """;

    private const string Instance = """
        use_vmac use_vmac_addr vmac_xmit_base use_ipvlan unicast_peer unicast_fault_no_peer check_unicast_src
        old_unicast_checksum native_ipv6 state interface vrf dont_track_primary track_interface track_script track_file
        track_process track_bfd mcast_src_ip unicast_src_ip mcast_dst_ip track_src_ip virtual_router_id unicast_ttl
        version priority advert_int virtual_ipaddress virtual_ipaddress_excluded no_virtual_ipaddress
        promote_secondaries linkbeat_use_polling v3_checksum_as_v2 virtual_routes virtual_rules accept no_accept
        skip_check_adv_addr strict_mode preempt nopreempt preempt_delay debug notify_backup notify_master notify_fault
        notify_stop notify_deleted notify notify_master_rx_lower_pri smtp_alert notify_priority_changes
        lvs_sync_daemon_interface garp_master_delay garp_master_refresh garp_master_repeat garp_master_refresh_repeat
        garp_lower_prio_delay garp_lower_prio_repeat down_timer_adverts timer_expired_backup thread_timer_expired
        garp_extra_if vmac_garp_intvl lower_prio_no_advert higher_prio_send_advert owner_ignore_adverts
        kernel_rx_buf_size authentication auth_hmac
        """;

    private const string Service = """
        ip_family retry delay_before_retry warmup connect_timeout delay_loop inhibit_on_failure lb_algo lvs_sched hashed
        ops flag-1 flag-2 flag-3 sh-port sh-fallback mh-port mh-fallback lb_kind lvs_method persistence_engine
        persistence_timeout persistence_granularity protocol ha_suspend smtp_alert virtualhost snmp_name alpha omega
        quorum_up quorum_down quorum hysteresis weight sorry_server sorry_server_inhibit sorry_server_lvs_method
        real_server
        """;

    private const string Server = """
        weight lvs_method uthreshold lthreshold inhibit_on_failure notify_up notify_down alpha retry delay_before_retry
        warmup connect_timeout delay_loop smtp_alert virtualhost snmp_name HTTP_GET SSL_GET SMTP_CHECK DNS_CHECK
        MISC_CHECK UDP_CHECK PING_CHECK BFD_CHECK FILE_CHECK TCP_CHECK
        """;

    private const string TcpCheck = """
        connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup
        delay_loop alpha log_all_failures nb_get_retry
        """;

    private const string BfdInstance = """
        neighbor_ip neighbour_ip source_ip min_rx min_tx idle_tx multiplier passive ttl hoplimit max_hops multihop weight vrrp checker
        """;

    private const string MiscCheck = """
        retry delay_before_retry warmup delay_loop alpha log_all_failures misc_path misc_timeout misc_dynamic user
        """;

    private const string Script = "script interval timeout weight rise fall user init_fail";

    private const string SyncGroup = """
        group track_interface track_script track_file track_process track_bfd notify_backup notify_master notify_fault
        notify_stop notify smtp_alert global_tracking sync_group_tracking_weight notify_priority_changes
        """;

    [Theory]
    [InlineData(Root, "", "")]
    [InlineData(Global, "global_defs {\n", "}\n")]
    [InlineData(Instance, "vrrp_instance A {\n", "}\n")]
    [InlineData("auth_type auth_pass", "vrrp_instance A {\nauthentication {\n", "}\n}\n")]
    [InlineData(Service, "virtual_server 10.0.0.1 80 {\n", "}\n")]
    [InlineData(Server, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n", "}\n}\n")]
    [InlineData(TcpCheck, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n", "}\n}\n}\n")]
    [InlineData(BfdInstance, "bfd_instance A {\n", "}\n")]
    [InlineData("name alpha", "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nBFD_CHECK {\n", "}\n}\n}\n")]
    [InlineData(MiscCheck, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nMISC_CHECK {\n", "}\n}\n}\n")]
    [InlineData(Script, "vrrp_script A {\n", "}\n")]
    [InlineData(SyncGroup, "vrrp_sync_group A {\n", "}\n")]
    public void No_keyword_of_keepalived_is_unknown_in_its_block(string keywords, string before, string after)
    {
        foreach (var keyword in keywords.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            // Some of them need a block and are given none: all that matters here is that none is called unknown.
            var result = Reading.Read($"{before}{keyword}\n{after}");
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCode.UnknownKeyword);
        }
    }

    [Fact]
    public void A_keyword_that_is_not_supported_yet_is_a_warning_and_its_block_is_skipped()
    {
        var listing = Reading.Listing("""
            SSL {
                garp_interval 2
            }
            net_namespace_ipvs G
            {
                group {
                    A
                }
            }
            instance x
            """);

        Assert.Equal("""
            1:1 warning not-supported: 'SSL' is not supported yet: its block is ignored
            4:1 warning not-supported: 'net_namespace_ipvs' is not supported yet: its block is ignored
            10:1 warning not-supported: 'instance' is not supported yet: the line is ignored
            """, listing);
    }

    [Theory]
    [InlineData("snmp_socket udp:localhost:705", "hint", "snmp_socket")]
    [InlineData("checker_rt_priority 50", "hint", "checker_rt_priority")]
    [InlineData("nftables_ipvs {\n a b\n }", "hint", "nftables_ipvs")]
    [InlineData("dynamic_interfaces allow_if_changes", "hint", "dynamic_interfaces")]
    [InlineData("enable_snmp_vrrp", "warning", "enable_snmp_vrrp")]
    [InlineData("lvs_sync_daemon eth0 VI_1", "warning", "lvs_sync_daemon")]
    public void What_has_nothing_to_do_here_is_accepted_and_its_place_and_reason_are_said(string line, string severity, string keyword)
    {
        var listing = Reading.Listing($"global_defs {{\n{line}\n}}\n");

        Assert.Matches($"^2:1 {severity} not-used: '{keyword}' is not used here: [a-z].*[^.]$", listing);
    }

    [Fact]
    public void That_connections_do_not_outlive_a_failover_is_said_loudly() => Assert.Contains("FAILOVER RESETS ESTABLISHED CONNECTIONS",
        Reading.Listing("global_defs {\nlvs_sync_daemon eth0 VI_1\n}\n"), StringComparison.Ordinal);
}
