using Row = Director.Config.Binder.Rows<Director.Config.Binder.GlobalDraft>;

namespace Director.Config.Binder;

/// <summary><c>global_defs</c>.</summary>
internal static class GlobalKeywords
{
    public static readonly Grammar<GlobalDraft> Grammar = new(
    [
        Row.Value("router_id", Take.Text("a name"), (globals, name) => globals.RouterId = name, alias: "lvs_id"),
        .. VrrpAddressKeywords.Global,
        .. ElectionKeywords.OfGlobals,
        .. WireKeywords.OfGlobals,
        .. ProcessKeywords.OfVrrp,
        new LvsTimeoutsKeyword(),
        .. GlobalNotifyKeywords.Rows,
        // Applied while the text is read (LineReader), for it concerns the include lines that follow.
        new IncludeCheckKeyword(),
        .. Row.NotYet(
            "smtp_alert_checker", "no_checker_emails",
            "checker_log_all_failures", "lvs_notify_fifo", "lvs_notify_fifo_script", "umask"),
        .. Row.NotYet(
            "dynamic_interfaces", "disable_local_igmp", "vrrp_rx_bufs_policy",
            "vrrp_rx_bufs_multiplier",
            "vrrp_iptables", "vrrp_ipsets", "nftables", "nftables_priority", "nftables_counters", "nftables_ifindex", "nftables_ipvs",
            "nftables_ipvs_priority", "nftables_ipvs_start_fwmark", "vmac_addr_prefix", "linkbeat_use_polling"),
        .. Row.NotYet(
            "lvs_sync_daemon", "lvs_flush", "lvs_flush_on_stop", "lvs_flush_onstop", "rs_init_notifies", "process_names",
            "process_name", "lvs_process_name", "enable_snmp_vrrp", "enable_snmp_keepalived", "enable_snmp_checker", "enable_snmp_rfc",
            "enable_snmp_rfcv2", "enable_snmp_rfcv3", "enable_traps", "snmp_socket", "snmp_vs_stats_update_interval",
            "snmp_rs_stats_update_interval", "enable_dbus", "dbus_service_name", "dbus_no_interface_name", "json_version",
            "reload_check_config", "reload_time_file", "reload_repeat", "reload_file", "config_save_dir", "tmp_config_directory",
            "data_use_instance", "state_dump_file", "stats_dump_file", "json_dump_file", "iproute_usr_dir", "iproute_etc_dir",
            "random_seed", "process_monitor_rcv_bufs", "process_monitor_rcv_bufs_force"),
        .. Row.NotYet(
            from process in new[] { "vrrp", "checker", "bfd" }
            from setting in new[] { "process_name", "priority", "no_swap", "rt_priority", "cpu_affinity", "rlimit_rttime", "rlimit_rtime" }
            where process != "vrrp" || setting is "process_name" or "rlimit_rttime" or "rlimit_rtime"
            select $"{process}_{setting}"),
        .. Row.NotYet(
            from process in new[] { "vrrp", "lvs" }
            from socket in new[] { "cmd", "monitor" }
            from force in new[] { "", "_force" }
            select $"{process}_netlink_{socket}_rcv_bufs{force}"),
    ]);
}
