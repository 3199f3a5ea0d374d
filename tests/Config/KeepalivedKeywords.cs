namespace Director.Tests.Config;

/// <summary>
/// The keywords that keepalived 2.2 and 2.4 install (lib/parser.c, install_keyword), by the block that they stand in. They were held
/// against the program itself: of all words that keepalived 2.2.7 holds, <c>keepalived -t</c> takes those that are here, and no others.
/// </summary>
/// <param name="Name">What begins the block.</param>
/// <param name="Keywords">Its keywords, separated by blanks.</param>
/// <param name="Before">A text up to where a line of the block can stand.</param>
/// <param name="After">And what closes it again.</param>
internal sealed record KeepalivedKeywords(string Name, string Keywords, string Before, string After)
{
    /// <summary>The name of what stands outside any block.</summary>
    public const string Outermost = "the outermost level";

    /// <summary>What keepalived 2.2.7, as Debian builds it, does not know.</summary>
    public static readonly string[] SinceThen =
    [
        "dbus_no_interface_name", "iproute_etc_dir", "iproute_usr_dir", "json_dump_file", "json_version", "set_supplementary_groups",
        "snmp_rs_stats_update_interval", "snmp_vs_stats_update_interval", "state_dump_file", "stats_dump_file", "use_symlink_paths",
        "v3_checksum_as_v2", "vrrp_delay_after_boot", "vrrp_ipsets", "vrrp_owner_ignore_adverts", "no_virtual_ipaddress",
        "timer_expired_backup", "thread_timer_expired", "owner_ignore_adverts", "auth_hmac", "key", "active_key", "time_window",
        "anti_replay", "mode", "multihop", "sni_name", "tls_compliant",
    ];

    public static IReadOnlyList<KeepalivedKeywords> All { get; } =
    [
        new(Outermost, """
            SSL bfd_instance child_wait_time garp_group global_defs instance interface_up_down_delays linkbeat_interfaces
            linkbeat_use_polling namespace_with_ipsets net_namespace net_namespace_ipvs static_ipaddress static_routes
            static_rules track_file track_group use_pid_dir virtual_server virtual_server_group vrrp_instance vrrp_script
            vrrp_sync_group vrrp_track_file vrrp_track_process
            """, "", ""),
        new("global_defs", """
            bfd_cpu_affinity bfd_no_swap bfd_priority bfd_process_name bfd_rlimit_rtime bfd_rlimit_rttime bfd_rt_priority
            checker_cpu_affinity checker_log_all_failures checker_no_swap checker_priority checker_process_name
            checker_rlimit_rtime checker_rlimit_rttime checker_rt_priority config_save_dir data_use_instance
            dbus_no_interface_name dbus_service_name default_interface disable_local_igmp dynamic_interfaces enable_dbus
            enable_script_security enable_snmp_checker enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3
            enable_snmp_vrrp enable_traps fifo_write_vrrp_states_on_reload include_check iproute_etc_dir iproute_usr_dir
            json_dump_file json_version log_unknown_vrids lvs_flush lvs_flush_on_stop lvs_flush_onstop lvs_netlink_cmd_rcv_bufs
            lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force lvs_notify_fifo
            lvs_notify_fifo_script lvs_process_name lvs_sync_daemon lvs_timeouts max_auto_priority min_auto_priority_delay
            nftables nftables_counters nftables_ifindex nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark
            nftables_priority no_checker_emails no_email_faults notification_email notification_email_from notify_fifo
            notify_fifo_script process_monitor_rcv_bufs process_monitor_rcv_bufs_force process_name process_names random_seed
            reload_check_config reload_file reload_repeat reload_time_file router_id rs_init_notifies script_user
            set_supplementary_groups shutdown_script shutdown_script_timeout smtp_alert smtp_alert_checker smtp_alert_vrrp
            smtp_connect_timeout smtp_helo_name smtp_server snmp_rs_stats_update_interval snmp_socket
            snmp_vs_stats_update_interval startup_script startup_script_timeout state_dump_file stats_dump_file
            tmp_config_directory umask use_symlink_paths v3_checksum_as_v2 vmac_addr_prefix vmac_prefix vrrp_check_unicast_src
            vrrp_cpu_affinity vrrp_delay_after_boot vrrp_down_timer_adverts vrrp_garp_extra_if vrrp_garp_interval
            vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat vrrp_garp_master_delay vrrp_garp_master_refresh
            vrrp_garp_master_refresh_repeat vrrp_garp_master_repeat vrrp_gna_interval vrrp_higher_prio_send_advert vrrp_ipsets
            vrrp_iptables vrrp_lower_prio_no_advert vrrp_mcast_group4 vrrp_mcast_group6 vrrp_min_garp vrrp_netlink_cmd_rcv_bufs
            vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force vrrp_no_swap
            vrrp_notify_fifo vrrp_notify_fifo_script vrrp_notify_priority_changes vrrp_owner_ignore_adverts vrrp_priority
            vrrp_process_name vrrp_rlimit_rtime vrrp_rlimit_rttime vrrp_rt_priority vrrp_rx_bufs_multiplier vrrp_rx_bufs_policy
            vrrp_skip_check_adv_addr vrrp_startup_delay vrrp_strict vrrp_version vrrp_vmac_garp_intvl
            """, "global_defs {\n", "}\n"),
        new("vrrp_instance", """
            use_vmac use_vmac_addr vmac_xmit_base use_ipvlan unicast_peer unicast_fault_no_peer check_unicast_src
            old_unicast_checksum native_ipv6 state interface vrf dont_track_primary track_interface track_script track_file
            track_process track_bfd mcast_src_ip unicast_src_ip mcast_dst_ip track_src_ip virtual_router_id unicast_ttl version
            priority advert_int virtual_ipaddress virtual_ipaddress_excluded no_virtual_ipaddress promote_secondaries
            linkbeat_use_polling v3_checksum_as_v2 virtual_routes virtual_rules accept no_accept skip_check_adv_addr strict_mode
            preempt nopreempt preempt_delay debug notify_backup notify_master notify_fault notify_stop notify_deleted notify
            notify_master_rx_lower_pri smtp_alert notify_priority_changes lvs_sync_daemon_interface garp_master_delay
            garp_master_refresh garp_master_repeat garp_master_refresh_repeat garp_lower_prio_delay garp_lower_prio_repeat
            down_timer_adverts timer_expired_backup thread_timer_expired garp_extra_if vmac_garp_intvl lower_prio_no_advert
            higher_prio_send_advert owner_ignore_adverts kernel_rx_buf_size authentication auth_hmac
            """, "vrrp_instance A {\n", "}\n"),
        new("authentication", """
            auth_type auth_pass
            """, "vrrp_instance A {\nauthentication {\n", "}\n}\n"),
        new("auth_hmac", """
            key active_key time_window anti_replay mode
            """, "vrrp_instance A {\nauth_hmac {\n", "}\n}\n"),
        new("vrrp_sync_group", """
            group track_interface track_script track_file track_process track_bfd notify_backup notify_master notify_fault
            notify_stop notify smtp_alert global_tracking sync_group_tracking_weight notify_priority_changes
            """, "vrrp_sync_group A {\n", "}\n"),
        new("vrrp_script", """
            script interval timeout weight rise fall user init_fail
            """, "vrrp_script A {\n", "}\n"),
        new("track_file", """
            file weight init_file
            """, "track_file A {\n", "}\n"),
        new("vrrp_track_process", """
            process param_match weight quorum quorum_max delay fork_delay terminate_delay full_command
            """, "vrrp_track_process A {\n", "}\n"),
        new("track_group", """
            group
            """, "track_group A {\n", "}\n"),
        new("garp_group", """
            garp_interval gna_interval interface interfaces
            """, "garp_group {\n", "}\n"),
        new("SSL", """
            password ca certificate key
            """, "SSL {\n", "}\n"),
        new("bfd_instance", """
            neighbor_ip neighbour_ip source_ip min_rx min_tx idle_tx multiplier passive ttl hoplimit max_hops multihop weight vrrp
            checker
            """, "bfd_instance A {\n", "}\n"),
        new("virtual_server", """
            ip_family retry delay_before_retry warmup connect_timeout delay_loop inhibit_on_failure lb_algo lvs_sched hashed ops
            flag-1 flag-2 flag-3 sh-port sh-fallback mh-port mh-fallback lb_kind lvs_method persistence_engine persistence_timeout
            persistence_granularity protocol ha_suspend smtp_alert virtualhost snmp_name alpha omega quorum_up quorum_down quorum
            hysteresis weight sorry_server sorry_server_inhibit sorry_server_lvs_method real_server
            """, "virtual_server 10.0.0.1 80 {\n", "}\n"),
        new("real_server", """
            weight lvs_method uthreshold lthreshold inhibit_on_failure notify_up notify_down alpha retry delay_before_retry warmup
            connect_timeout delay_loop smtp_alert virtualhost snmp_name HTTP_GET SSL_GET SMTP_CHECK DNS_CHECK MISC_CHECK UDP_CHECK
            PING_CHECK BFD_CHECK FILE_CHECK TCP_CHECK
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n", "}\n}\n"),
        new("TCP_CHECK", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n", "}\n}\n}\n"),
        new("HTTP_GET", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures nb_get_retry virtualhost url http_protocol enable_sni sni_name fast_recovery tls_compliant
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nHTTP_GET {\n", "}\n}\n}\n"),
        new("SSL_GET", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures nb_get_retry virtualhost url http_protocol enable_sni sni_name fast_recovery tls_compliant
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nSSL_GET {\n", "}\n}\n}\n"),
        new("url", """
            path digest status_code virtualhost regex regex_no_match regex_options regex_min_offset regex_max_offset regex_stack
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nHTTP_GET {\nurl {\n", "}\n}\n}\n}\n"),
        new("SMTP_CHECK", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures helo_name host
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nSMTP_CHECK {\n", "}\n}\n}\n"),
        new("host", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nSMTP_CHECK {\nhost {\n", "}\n}\n}\n}\n"),
        new("DNS_CHECK", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures type name
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nDNS_CHECK {\n", "}\n}\n}\n"),
        new("MISC_CHECK", """
            retry delay_before_retry warmup delay_loop alpha log_all_failures misc_path misc_timeout misc_dynamic user
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nMISC_CHECK {\n", "}\n}\n}\n"),
        new("UDP_CHECK", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures payload require_reply min_reply_length max_reply_length
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nUDP_CHECK {\n", "}\n}\n}\n"),
        new("PING_CHECK", """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup delay_loop
            alpha log_all_failures
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nPING_CHECK {\n", "}\n}\n}\n"),
        new("BFD_CHECK", """
            name alpha
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nBFD_CHECK {\n", "}\n}\n}\n"),
        new("FILE_CHECK", """
            track_file weight
            """, "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nFILE_CHECK {\n", "}\n}\n}\n"),
    ];

    /// <summary>The keywords one by one.</summary>
    public IEnumerable<string> Each => Keywords.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
