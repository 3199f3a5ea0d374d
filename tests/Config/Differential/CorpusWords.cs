namespace Director.Tests.Config.Differential;

/// <summary>What the files of a <see cref="Corpus"/> are made of: lines of each block, with places to fill in.</summary>
internal static class CorpusWords
{
    /// <summary>What fits each place.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Places = new Dictionary<string, string[]>
    {
        ["n"] = ["1", "2", "3", "5", "7", "10", "20", "100"],
        ["s"] = ["1", "2", "3", "5", "10", "1.5", "0.25"],
        ["b"] = ["on", "off", "true", "false", "yes", "no", ""],
        ["ip"] = ["10.0.0.9", "10.1.2.3", "192.0.2.7", "198.51.100.20"],
        ["if"] = ["eth0", "eth1", "eth2"],
        ["port"] = ["25", "53", "80", "443", "8080"],
        ["cmd"] = ["/nonexistent/check", "\"/nonexistent/check a 'b c'\"", "\"/nonexistent/check -x\""],
        ["name"] = ["a", "node-1", "\"two words\"", "x.y"],
        ["sched"] = ["rr", "wrr", "lc", "wlc", "sh", "mh", "dh", "sed", "nq", "fo", "ovf", "lblc", "lblcr"],
        ["kind"] = ["NAT", "DR", "TUN"],
    };

    /// <summary>What is often put where it does not belong.</summary>
    public static readonly string[] Slips =
    [
        "0", "-1", "256", "70000", "4294967296", "1.5", "1.0000001", "abc", "10s", "0x10", "1e3", "on", "On", "nein", "10.0.0.999",
        "10.0.0.1/33",
        "fe80::1", "eth9", "\"a b\"", "1 2 3", "\"\"", "MASTER", "master", "{ }", "pa#ss", "+1", "01",
    ];

    public static readonly string[] Globals =
    [
        "router_id <name>", "notification_email_from a@b.c", "smtp_server <ip>", "smtp_server <ip> <port>", "smtp_helo_name <name>",
        "smtp_connect_timeout <n>", "smtp_alert <b>", "smtp_alert_vrrp <b>", "smtp_alert_checker <b>", "no_email_faults <b>",
        "checker_log_all_failures <b>", "vrrp_mcast_group4 224.0.0.18", "vrrp_mcast_group6 ff02::12", "default_interface <if>",
        "vrrp_version 2", "vrrp_version 3", "vrrp_skip_check_adv_addr <b>", "vrrp_garp_interval <s>", "vrrp_gna_interval <s>",
        "vrrp_garp_master_delay <n>", "vrrp_garp_master_repeat <n>", "vrrp_garp_master_refresh <n>",
        "vrrp_garp_master_refresh_repeat <n>",
        "vrrp_garp_lower_prio_delay <n>", "vrrp_garp_lower_prio_repeat <n>", "vrrp_min_garp <b>", "vrrp_down_timer_adverts <n>",
        "vrrp_lower_prio_no_advert <b>", "vrrp_higher_prio_send_advert <b>", "vrrp_check_unicast_src", 
        "vrrp_startup_delay <s>", "log_unknown_vrids", "dynamic_interfaces", "dynamic_interfaces allow_if_changes",
        "vrrp_notify_priority_changes <b>", "disable_local_igmp", "vrrp_rx_bufs_policy MTU", "vrrp_rx_bufs_multiplier <n>",
        "lvs_timeouts tcp <n>", "lvs_timeouts tcp 900 tcpfin 120 udp <n>", "lvs_flush", "lvs_flush_on_stop", "rs_init_notifies <b>",
        "vrrp_priority <n>", "checker_priority <n>", "bfd_priority <n>", "vrrp_rt_priority <n>", "checker_rt_priority <n>",
        "vmac_prefix <name>", "random_seed <n>", "snmp_socket <name>", "vrrp_strict off",
        "nftables", "nftables_counters", "vrrp_iptables", "lvs_sync_daemon <if> VI_1", "lvs_sync_daemon <if> VI_1 id <n>",
        "include_check", "include_check +read -match", "notify_fifo /tmp/nonexistent-fifo", "max_auto_priority <n>", "json_version 2",
    ];

    public static readonly string[] Instance =
    [
        "state BACKUP", "state MASTER", "priority <n>", "advert_int <n>", "nopreempt", "preempt_delay <n>", "dont_track_primary",
        "authentication {\n        auth_type PASS\n        auth_pass secret\n    }",
        "virtual_ipaddress_excluded {\n        <ip>/24 dev <if>\n    }",
        "mcast_src_ip <ip>", "unicast_src_ip <ip>\n    unicast_peer {\n        10.0.0.3\n    }", "version 2", "version 3",
        "garp_master_delay <n>", "garp_master_repeat <n>", "garp_master_refresh <n>", "garp_master_refresh_repeat <n>",
        "garp_lower_prio_delay <n>", "garp_lower_prio_repeat <n>", "down_timer_adverts <n>", "lower_prio_no_advert <b>",
        "higher_prio_send_advert <b>", "smtp_alert <b>", "notify_master <cmd>", "notify_backup <cmd>", "notify_fault <cmd>",
        "notify_stop <cmd>", "notify <cmd>", "track_interface {\n        <if>\n    }",
        "track_interface {\n        <if> weight <n>\n    }",
        "track_script {\n        chk\n    }", "track_file {\n        tf weight <n>\n    }", "track_process {\n        tp\n    }",
        "virtual_routes {\n        10.9.0.0/16 via <ip> dev <if>\n    }",
        "virtual_routes {\n        default via <ip> dev <if> metric <n>\n    }",
        "virtual_rules {\n        from 10.8.0.0/16 table <n> preference <n>\n    }", "use_vmac", "use_vmac vr<n>",
        "skip_check_adv_addr <b>",
        "promote_secondaries", "accept", "debug 0", "linkbeat_use_polling", "kernel_rx_buf_size 65536", "preempt",
        "notify_priority_changes <b>", "garp_extra_if <n>", "track_src_ip", "check_unicast_src",
    ];

    public static readonly string[] Service =
    [
        "delay_loop <s>", "lb_algo <sched>", "lvs_sched <sched>", "lb_kind <kind>", "lvs_method <kind>", "persistence_timeout <n>",
        "persistence_timeout", "persistence_granularity 255.255.255.0", "virtualhost <name>", "sorry_server <ip> <port>",
        "sorry_server <ip> <port>\n    sorry_server_inhibit", "alpha", "omega", "quorum 1", "hysteresis 0", "quorum_up <cmd>",
        "quorum_down <cmd>", "ha_suspend", "inhibit_on_failure <b>", "weight <n>", "retry <n>", "delay_before_retry <s>", "warmup <s>",
        "connect_timeout <s>", "smtp_alert <b>", "sh-port", "flag-1", "persistence_engine sip", "snmp_name <name>",
    ];

    public static readonly string[] Server =
    [
        "weight <n>", "inhibit_on_failure <b>", "notify_up <cmd>", "notify_down <cmd>", "uthreshold <n>", "lthreshold <n>",
        "lvs_method <kind>",
        "virtualhost <name>", "alpha <b>", "retry <n>", "delay_before_retry <s>", "warmup <s>", "delay_loop <s>", "smtp_alert <b>",
        "TCP_CHECK {\n            <check>\n        }", "TCP_CHECK {\n            connect_port <port>\n            <check>\n        }",
        "TCP_CHECK {\n        }",
        "HTTP_GET {\n            url {\n                path /\n                status_code 200\n            }\n            "
        + "<check>\n        }",
        "HTTP_GET {\n            url {\n                path /x\n                digest 640205b7b0fc66c1ea91c463fac6334d\n          "
        + "  }\n        }",
        "SSL_GET {\n            url {\n                path /\n                status_code 200-299 301\n            }\n            "
        + "enable_sni\n            <check>\n        }",
        "SMTP_CHECK {\n            helo_name <name>\n            <check>\n        }",
        "MISC_CHECK {\n            misc_path <cmd>\n            misc_timeout <n>\n        }",
        "DNS_CHECK {\n            type A\n            name example.org\n            <check>\n        }",
        "UDP_CHECK {\n            <check>\n        }",
        "MISC_CHECK {\n            misc_path <cmd>\n            misc_dynamic\n            warmup <s>\n        }",
        "FILE_CHECK {\n            track_file tf\n            weight <n>\n        }",
    ];

    public static readonly string[] Check =
    [
        "connect_ip <ip>", "connect_port <port>", "bindto <ip>", "bind_port <port>", "bind_if <if>", "connect_timeout <s>",
        "fwmark <n>", "retry <n>",
        "delay_before_retry <s>", "warmup <s>", "delay_loop <s>", "alpha <b>", "log_all_failures <b>",
    ];

    /// <summary>Blocks outside others that instances and servers refer to, and some that nothing refers to.</summary>
    public static readonly string[] Roots =
    [
        "vrrp_sync_group G1 {\n    group {\n        VI_1\n        VI_2\n    }\n    notify_master <cmd>\n    smtp_alert <b>\n}",
        "static_ipaddress {\n    10.7.0.1/24 dev <if>\n}", "static_routes {\n    10.6.0.0/16 via <ip> dev <if>\n}",
        "virtual_server_group VSG {\n    10.3.0.1 80\n    10.3.0.2-5 80\n    fwmark <n>\n}",
        "virtual_server fwmark <n> {\n    lb_algo rr\n    lb_kind NAT\n    real_server <ip> 80 {\n        weight <n>\n    }\n}",
        "bfd_instance B1 {\n    neighbor_ip 10.0.0.8\n    min_rx <n>\n    multiplier <n>\n}",
        "garp_group {\n    garp_interval <s>\n    interface <if>\n}",
        "static_rules {\n    from 10.5.0.0/16 table <n> preference <n>\n}",
    ];
}
