using GlobalRow = Director.Config.Binder.Rows<Director.Config.Binder.GlobalDraft>;
using InstanceRow = Director.Config.Binder.Rows<Director.Config.Binder.VrrpInstanceDraft>;
using RootRow = Director.Config.Binder.Rows<Director.Config.Binder.RootDraft>;

namespace Director.Config.Binder;

/// <summary>
/// The keywords of keepalived.conf(5) that are accepted and have nothing to do here, each with what does their work instead. One that
/// becomes of use moves to the table of its block.
/// </summary>
internal static class NotUsedKeywords
{
    private const string Snmp = "there is no SNMP agent; its figures are in `director status --json` and at /metrics";
    private const string DBus = "there is no D-Bus service; what it would offer is in the admin API";
    private const string NoSynchronisation =
        "what connections the peer has is not known here yet, so a FAILOVER RESETS ESTABLISHED CONNECTIONS; "
        + "new ones, and clients that try again, are served at once";

    private const string AcceptFilter = "no_accept is kept by an nftables table of the director's own, made and removed over netlink";
    private const string Mark = "no packet is marked to find its service: a virtual_server_group is looked up by the director itself";
    private const string NetlinkBuffers = "its netlink sockets have ample buffers, and after an overrun all is read anew";
    private const string OneCheckProcess =
        "checks run in the main process and not in one of their own; systemd sets Nice=, CPUAffinity= and the like of the unit";
    private const string BfdProcess = "BFD runs in the VRRP process, which vrrp_priority and the like are about";
    private const string Linkbeat = "the kernel tells at once when an interface loses its carrier, so nothing is polled";
    private const string Dumps = "nothing is dumped into files: `director status`, with --json for programs, and /metrics tell the same";
    private const string ProcessNames = "its processes are called director, with what each does in its arguments";

    private static readonly string[] Settings = ["priority", "no_swap", "rt_priority", "cpu_affinity", "rlimit_rttime", "rlimit_rtime"];

    /// <summary>Those outside any block.</summary>
    public static IEnumerable<Keyword<RootDraft>> OfRoot =>
    [
        .. RootRow.NotUsed("no firewall set of ipset's is made", "namespace_with_ipsets"),
        .. RootRow.NotUsed(Linkbeat, "linkbeat_interfaces", "linkbeat_use_polling"),
        .. RootRow.Lacking("packets are forwarded where the VIPs are: in the network namespace that the director runs in",
            "net_namespace_ipvs"),
        .. Files,
        .. RootRow.NotUsed("how long its processes have to end is fixed: they resign and remove the VIPs first", "child_wait_time"),
    ];

    private static IEnumerable<Keyword<RootDraft>> Files =>
    [
        .. RootRow.NotUsed("directors on one host are kept apart by their run directories: `director run --run-dir DIR`", "instance"),
        .. RootRow.NotUsed("its pid is in director.pid of its run directory, and where `director run --pid FILE` says", "use_pid_dir"),
    ];

    /// <summary>Those of <c>vrrp_instance</c>.</summary>
    public static IEnumerable<Keyword<VrrpInstanceDraft>> OfInstance =>
    [
        .. InstanceRow.NotUsed(Linkbeat, "linkbeat_use_polling"),
        .. InstanceRow.Lacking(NoSynchronisation, "lvs_sync_daemon_interface"),
    ];

    /// <summary>Those of <c>virtual_server</c>.</summary>
    public static IEnumerable<Keyword<VirtualServerDraft>> OfVirtualServer =>
    [
        .. Rows<VirtualServerDraft>.Lacking(
            "persistence is by the client's address, so all calls of a client go to one server, whatever their Call-ID",
            "persistence_engine"),
        .. Rows<VirtualServerDraft>.NotUsed(Snmp, "snmp_name"),
    ];

    /// <summary>Those of <c>real_server</c>.</summary>
    public static IEnumerable<Keyword<RealServerDraft>> OfRealServer => Rows<RealServerDraft>.NotUsed(Snmp, "snmp_name");

    /// <summary>Those of <c>global_defs</c>.</summary>
    public static IEnumerable<Keyword<GlobalDraft>> OfGlobals =>
    [
        .. GlobalRow.Lacking(NoSynchronisation, "lvs_sync_daemon"),
        .. GlobalRow.NotUsed(Linkbeat, "linkbeat_use_polling"),
        .. GlobalRow.NotUsed("its tables begin empty, and the kernel's IPVS is not touched", "lvs_flush"),
        .. GlobalRow.NotUsed("its tables go with the process", "lvs_flush_on_stop", "lvs_flush_onstop"),
        .. GlobalRow.Lacking(Snmp,
            "enable_snmp_vrrp", "enable_snmp_keepalived", "enable_snmp_checker", "enable_snmp_rfc", "enable_snmp_rfcv2",
            "enable_snmp_rfcv3"),
        .. GlobalRow.Lacking("there is no SNMP agent to send traps; notify scripts, pipes and mail tell of the same changes",
            "enable_traps"),
        .. GlobalRow.NotUsed(Snmp, "snmp_socket", "snmp_vs_stats_update_interval", "snmp_rs_stats_update_interval"),
        .. GlobalRow.Lacking(DBus, "enable_dbus"),
        .. GlobalRow.NotUsed(DBus, "dbus_service_name", "dbus_no_interface_name"),
        .. GlobalRow.NotUsed(AcceptFilter,
            "vrrp_iptables", "vrrp_ipsets", "nftables", "nftables_priority", "nftables_counters", "nftables_ifindex"),
        .. GlobalRow.NotUsed(Mark, "nftables_ipvs", "nftables_ipvs_priority", "nftables_ipvs_start_fwmark"),
        .. GlobalRow.NotUsed(NetlinkBuffers,
            "vrrp_netlink_cmd_rcv_bufs", "vrrp_netlink_cmd_rcv_bufs_force", "vrrp_netlink_monitor_rcv_bufs",
            "vrrp_netlink_monitor_rcv_bufs_force", "lvs_netlink_cmd_rcv_bufs", "lvs_netlink_cmd_rcv_bufs_force",
            "lvs_netlink_monitor_rcv_bufs", "lvs_netlink_monitor_rcv_bufs_force", "process_monitor_rcv_bufs",
            "process_monitor_rcv_bufs_force"),
        .. GlobalRow.NotUsed(ProcessNames,
            "process_names", "process_name", "vrrp_process_name", "checker_process_name", "lvs_process_name", "bfd_process_name"),
        .. GlobalRow.NotUsed(OneCheckProcess, Scheduling("checker")),
        .. GlobalRow.NotUsed(BfdProcess, Scheduling("bfd")),
        .. GlobalRow.NotUsed("no such limit is set: the main process ends a VRRP process that does not answer, and starts another",
            "vrrp_rlimit_rttime", "vrrp_rlimit_rtime"),
        .. GlobalRow.NotUsed("a reload is always validated whole, and one with an error changes nothing", "reload_check_config"),
        .. GlobalRow.NotUsed("the text is read once, into memory", "tmp_config_directory"),
        .. GlobalRow.Lacking("a reload is asked for by `director reload` or SIGHUP: a timer of systemd's or cron does it at a time",
            "reload_time_file", "reload_repeat"),
        .. GlobalRow.NotUsed("`director reload` returns when it is done, and says what came of it", "reload_file"),
        .. GlobalRow.Lacking("no copies of configurations are kept; `director convert` writes what is read as one file", "config_save_dir"),
        .. GlobalRow.NotUsed(Dumps, "json_version", "data_use_instance", "state_dump_file"),
        .. GlobalRow.Lacking("what modes the files of scripts have is up to the umask of the director: UMask= of its unit", "umask"),
        .. GlobalRow.NotUsed("keepalived itself reads it and does not use it", "stats_dump_file", "json_dump_file"),
        .. GlobalRow.NotUsed("names of /etc/iproute2 are not read: a routing table is given by its number",
            "iproute_usr_dir", "iproute_etc_dir"),
    ];

    private static IEnumerable<string> Scheduling(string process) =>
        from setting in Settings select $"{process}_{setting}";
}
