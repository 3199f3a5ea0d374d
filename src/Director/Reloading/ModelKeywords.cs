using System.Reflection;
using System.Text.Json;
using Director.Config;

namespace Director.Reloading;

/// <summary>
/// The keywords of keepalived.conf(5) that properties of the model come from. Of one that is not listed it is its name in snake case. Pure.
/// </summary>
internal static class ModelKeywords
{
    /// <summary>By type and property, where the name is not the keyword.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Listed = new Dictionary<string, string>
    {
        ["VrrpInstanceConfig.InitialState"] = "state",
        ["VrrpInstanceConfig.AdvertInterval"] = "advert_int",
        ["VrrpInstanceConfig.Password"] = "auth_pass",
        ["VrrpInstanceConfig.Source"] = "mcast_src_ip",
        ["VrrpInstanceConfig.Vmac"] = "use_vmac",
        ["VrrpInstanceConfig.AddressVmacs"] = "use_vmac_addr",
        ["VrrpInstanceConfig.NeededInterfaces"] = "track_group",
        ["VrrpInstanceConfig.AllowsNoAddresses"] = "no_virtual_ipaddress",
        ["VrrpInstanceConfig.Accepts"] = "accept",
        ["VrrpInstanceConfig.PromotesSecondaries"] = "promote_secondaries",
        ["VmacConfig.AdvertisesOnParent"] = "vmac_xmit_base",
        ["WireConfig.Peers"] = "unicast_peer",
        ["WireConfig.FaultsWithoutPeers"] = "unicast_fault_no_peer",
        ["WireConfig.ChecksUnicastSource"] = "check_unicast_src",
        ["WireConfig.Group"] = "mcast_dst_ip",
        ["WireConfig.TracksSource"] = "track_src_ip",
        ["WireConfig.TrustsKnownMaster"] = "skip_check_adv_addr",
        ["WireConfig.ReceiveBuffer"] = "kernel_rx_buf_size",
        ["WireConfig.LogsUnknown"] = "log_unknown_vrids",
        ["ElectionConfig.IsStrict"] = "strict_mode",
        ["ElectionConfig.LeavesLowerUnanswered"] = "lower_prio_no_advert",
        ["ElectionConfig.AnswersHigher"] = "higher_prio_send_advert",
        ["ElectionConfig.PausedYieldsTo"] = "timer_expired_backup",
        ["ElectionConfig.StartupDelay"] = "vrrp_startup_delay",
        ["ElectionConfig.DelayAfterBoot"] = "vrrp_delay_after_boot",
        ["ElectionConfig.IgnoresOwnInterface"] = "dont_track_primary",
        ["GarpConfig.Repeat"] = "garp_master_repeat",
        ["GarpConfig.Delay"] = "garp_master_delay",
        ["GarpConfig.Refresh"] = "garp_master_refresh",
        ["GarpConfig.RefreshRepeat"] = "garp_master_refresh_repeat",
        ["GarpConfig.LowerPriorityRepeat"] = "garp_lower_prio_repeat",
        ["GarpConfig.LowerPriorityDelay"] = "garp_lower_prio_delay",
        ["GarpConfig.ExtraInterval"] = "garp_extra_if",
        ["GarpConfig.ExtraIsOfAll"] = "garp_extra_if all",
        ["NotifyConfig.Master"] = "notify_master",
        ["NotifyConfig.Backup"] = "notify_backup",
        ["NotifyConfig.Fault"] = "notify_fault",
        ["NotifyConfig.Stop"] = "notify_stop",
        ["NotifyConfig.Deleted"] = "notify_deleted",
        ["NotifyConfig.SaysDeleted"] = "tells DELETED",
        ["NotifyConfig.Any"] = "notify",
        ["NotifyConfig.MasterHearsLower"] = "notify_master_rx_lower_pri",
        ["NotifyConfig.SaysPriority"] = "notify_priority_changes",
        ["NotifyConfig.SendsMail"] = "smtp_alert",
        ["SyncGroupConfig.Members"] = "group",
        ["SyncGroupConfig.AllowsMemberWeights"] = "sync_group_tracking_weight",
        ["VrrpScriptConfig.StartsFailed"] = "init_fail",
        ["TrackFileConfig.Path"] = "file",
        ["TrackFileConfig.InitialValue"] = "init_file",
        ["TrackFileConfig.Overwrites"] = "init_file overwrite",
        ["TrackProcessConfig.ParameterMatch"] = "param_match",
        ["TrackProcessConfig.IsFullCommand"] = "full_command",
        ["BfdInstanceConfig.Neighbor"] = "neighbor_ip",
        ["BfdInstanceConfig.Source"] = "source_ip",
        ["BfdInstanceConfig.IsPassive"] = "passive",
        ["BfdInstanceConfig.HopLimit"] = "ttl",
        ["BfdInstanceConfig.LowestHopLimit"] = "lowest ttl taken",
        ["BfdInstanceConfig.IsMultihop"] = "multihop",
        ["BfdInstanceConfig.IsReversed"] = "reverse",
        ["GlobalConfig.AllowsMissingInterfaces"] = "dynamic_interfaces",
        ["GlobalConfig.Startup"] = "startup_script",
        ["GlobalConfig.Shutdown"] = "shutdown_script",
        ["GlobalConfig.Fifos"] = "notify_fifo",
        ["GlobalConfig.TellsFifosOnReload"] = "fifo_write_vrrp_states_on_reload",
        ["LvsTimeoutsConfig.Tcp"] = "lvs_timeouts tcp",
        ["LvsTimeoutsConfig.TcpFin"] = "lvs_timeouts tcpfin",
        ["LvsTimeoutsConfig.Udp"] = "lvs_timeouts udp",
        ["MailConfig.Server"] = "smtp_server",
        ["MailConfig.Port"] = "smtp_server port",
        ["MailConfig.HeloName"] = "smtp_helo_name",
        ["MailConfig.ConnectTimeout"] = "smtp_connect_timeout",
        ["MailConfig.To"] = "notification_email",
        ["MailConfig.From"] = "notification_email_from",
        ["MailConfig.IsSilentAboutFaults"] = "no_email_faults",
        ["ScriptPolicyConfig.User"] = "script_user",
        ["ScriptPolicyConfig.Group"] = "script_user group",
        ["ScriptPolicyConfig.IsStrict"] = "enable_script_security",
        ["ScriptPolicyConfig.WithGroups"] = "set_supplementary_groups",
        ["HostConfig.Addresses"] = "static_ipaddress",
        ["HostConfig.Routes"] = "static_routes",
        ["HostConfig.Rules"] = "static_rules",
        ["HostConfig.DisablesLocalIgmp"] = "disable_local_igmp",
        ["HostConfig.LinkDelays"] = "interface_up_down_delays",
        ["HostConfig.ArpInterval"] = "vrrp_garp_interval",
        ["HostConfig.NeighbourInterval"] = "vrrp_gna_interval",
        ["HostConfig.GarpGroups"] = "garp_group",
        ["VirtualServerConfig.OtherKeys"] = "group",
        ["VirtualServerConfig.Scheduler"] = "lb_algo",
        ["VirtualServerConfig.SchedulerFlags"] = "flags",
        ["VirtualServerConfig.PersistencePrefixLength"] = "persistence_granularity",
        ["VirtualServerConfig.Method"] = "lb_kind",
        ["VirtualServerConfig.IsOnePacket"] = "ops",
        ["HttpCheckConfig.Urls"] = "url",
        ["HttpCheckConfig.Version"] = "http_protocol",
        ["HttpCheckConfig.RecoversFast"] = "fast_recovery",
        ["HttpCheckConfig.VerifiesCertificate"] = "verify_certificate",
        ["UdpCheckConfig.Reply"] = "require_reply",
        ["TlsClientConfig.CertificateFile"] = "certificate",
        ["TlsClientConfig.KeyFile"] = "key",
        ["TlsClientConfig.AuthoritiesFile"] = "ca",
        ["CheckTimingConfig.Retries"] = "retry",
        ["ConnectionConfig.Target"] = "connect_ip",
        ["ConnectionConfig.Timeout"] = "connect_timeout",
        ["ConnectionConfig.BindTo"] = "bindto",
        ["ConnectionConfig.BindInterface"] = "bind_if",
        ["ConnectionConfig.FirewallMark"] = "fwmark",
        ["RealServerConfig.Method"] = "lvs_method",
        ["RealServerConfig.UpperThreshold"] = "uthreshold",
        ["RealServerConfig.LowerThreshold"] = "lthreshold",
    };

    /// <summary>Parts of the model that are no more than the owner's own keywords, gathered.</summary>
    private static readonly HashSet<Type> Parts =
    [
        typeof(WireConfig), typeof(ElectionConfig), typeof(GarpConfig), typeof(NotifyConfig), typeof(MailConfig),
        typeof(ScriptPolicyConfig), typeof(LvsTimeoutsConfig), typeof(CheckTimingConfig), typeof(ConnectionConfig),
    ];

    /// <summary>The keyword of a property.</summary>
    public static string Of(Type type, PropertyInfo property) =>
        Listed.TryGetValue($"{type.Name}.{property.Name}", out var keyword)
        || Listed.TryGetValue($"{property.DeclaringType!.Name}.{property.Name}", out keyword)
            ? keyword
            : JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>Whether what a property holds is told as if it were its owner's.</summary>
    public static bool IsPartOfItsOwner(Type type) => Parts.Contains(type);
}
