namespace Director.Tests.Documentation;

/// <summary>The defaults of keywords, and arguments that their tables do not tell whole.</summary>
internal static class KeywordFacts
{
    /// <summary>
    /// A line for each, below the name of its block: <c>keyword &lt;arguments&gt; = default</c>, a default that could be written so; or
    /// <c>keyword &lt;arguments&gt; ~ default</c>, one in words. Arguments or default may be left out.
    /// </summary>
    private const string Text = """
        [Outside any block]
        vrrp_instance <NAME>
        virtual_server <IP [PORT], or group NAME; fwmark N is refused, for packets come here before netfilter could mark them>
        virtual_server_group <NAME>
        vrrp_sync_group <NAME>
        vrrp_script <NAME>
        vrrp_track_file <NAME>
        track_file <NAME>
        vrrp_track_process <NAME>
        bfd_instance <NAME>
        net_namespace ~ whichever it runs in
        [global_defs]
        random_seed ~ by the name of the host
        dynamic_interfaces ~ off: an interface that is missing at the start is an error
        router_id ~ the host's name
        vrrp_garp_master_delay = 5
        vrrp_garp_master_repeat = 5
        vrrp_garp_master_refresh = 0
        vrrp_garp_master_refresh_repeat = 1
        vrrp_garp_lower_prio_delay ~ vrrp_garp_master_delay
        vrrp_garp_lower_prio_repeat ~ vrrp_garp_master_repeat
        vrrp_garp_extra_if = 0
        vrrp_min_garp = off
        vrrp_garp_interval = 0
        vrrp_gna_interval = 0
        vmac_prefix = vrrp
        vmac_addr_prefix ~ vmac_prefix
        vrrp_rx_bufs_multiplier ~ 3
        default_interface = eth0
        vrrp_down_timer_adverts = 3
        vrrp_lower_prio_no_advert ~ off; on in strict mode
        vrrp_higher_prio_send_advert = off
        vrrp_owner_ignore_adverts = off
        vrrp_strict = off
        vrrp_startup_delay = 0
        vrrp_delay_after_boot = 0
        vrrp_version = 2
        vrrp_skip_check_adv_addr = off
        vrrp_check_unicast_src = on
        v3_checksum_as_v2 = off
        vrrp_mcast_group4 ~ 224.0.0.18
        vrrp_mcast_group6 ~ ff02::12
        log_unknown_vrids ~ off
        vrrp_priority ~ that of the director
        vrrp_rt_priority ~ 50
        vrrp_cpu_affinity <numbers of processors, 0 to 1023> ~ the director's
        lvs_timeouts ~ tcp 900 tcpfin 120 udp 300
        notification_email_from ~ the user at the host
        smtp_server <a name or an address, [a port]> ~ none: no mail; port 25
        smtp_helo_name ~ the host's name
        smtp_connect_timeout = 30
        smtp_alert ~ off; of real servers on
        smtp_alert_checker ~ smtp_alert
        no_checker_emails = off
        checker_log_all_failures = off
        rs_init_notifies = off
        lvs_notify_fifo <PATH [USER [GROUP]]> ~ none
        lvs_notify_fifo_script ~ none
        smtp_alert_vrrp ~ smtp_alert
        no_email_faults = off
        script_user <USER [GROUP]> ~ keepalived_script, if there is such a user, else whom the director runs as
        startup_script ~ none
        shutdown_script ~ none
        startup_script_timeout = 10
        shutdown_script_timeout = 10
        notify_fifo <PATH [USER [GROUP]]> ~ none
        vrrp_notify_fifo <PATH [USER [GROUP]]> ~ none
        notify_fifo_script ~ none
        vrrp_notify_fifo_script ~ none
        fifo_write_vrrp_states_on_reload = off
        vrrp_notify_priority_changes = off
        include_check ~ none; alone: all
        [vrrp_instance]
        state ~ MASTER with priority 255, else BACKUP
        priority = 100
        advert_int = 1
        preempt_delay = 0
        garp_master_delay ~ of global_defs
        garp_master_repeat ~ of global_defs
        garp_master_refresh ~ of global_defs
        garp_master_refresh_repeat ~ of global_defs
        garp_lower_prio_delay ~ of global_defs, else garp_master_delay
        garp_lower_prio_repeat ~ of global_defs, else garp_master_repeat
        use_vmac ~ off; alone: `vrrp.VRID` and the MAC address that the RFCs have
        garp_extra_if ~ of global_defs
        version ~ vrrp_version; over IPv6 3
        skip_check_adv_addr ~ of global_defs
        check_unicast_src ~ of global_defs
        v3_checksum_as_v2 ~ of global_defs
        mcast_src_ip ~ the interface's first address, over IPv6 its link-local one
        unicast_src_ip ~ the interface's first address, over IPv6 its link-local one
        mcast_dst_ip ~ vrrp_mcast_group4, vrrp_mcast_group6
        unicast_ttl = 255
        old_unicast_checksum ~ off
        kernel_rx_buf_size ~ vrrp_rx_bufs_policy
        down_timer_adverts ~ of global_defs
        lower_prio_no_advert ~ of global_defs
        higher_prio_send_advert ~ of global_defs
        owner_ignore_adverts ~ of global_defs
        strict_mode ~ vrrp_strict
        timer_expired_backup ~ off; alone: 254
        thread_timer_expired ~ off; alone: 254
        notify_master ~ none
        notify_backup ~ none
        notify_fault ~ none
        notify_stop ~ none
        notify ~ none
        notify_priority_changes ~ of global_defs
        smtp_alert ~ smtp_alert_vrrp, else smtp_alert of global_defs
        notify_deleted ~ off: a removed instance is told of as in FAULT
        notify_master_rx_lower_pri ~ none
        [vrrp_sync_group]
        notify_master ~ none
        notify_backup ~ none
        notify_fault ~ none
        notify_stop ~ none
        notify ~ none
        notify_priority_changes ~ of global_defs
        smtp_alert ~ smtp_alert_vrrp, else smtp_alert of global_defs
        [garp_group]
        garp_interval = 0
        gna_interval = 0
        interface ~ none
        [vrrp_script]
        interval = 1
        timeout ~ the interval
        weight <a whole number, -253 to 253, [reverse]> = 0
        rise = 1
        fall = 1
        user <USER [GROUP]> ~ script_user
        [vrrp_track_file, track_file]
        weight <a whole number, -254 to 254, [reverse]> = 1
        init_file ~ off; alone: 0
        [vrrp_track_process]
        process <a command, [parameters]>
        param_match ~ all the same; none given: any
        weight <a whole number, -254 to 254, [reverse]> = 0
        quorum = 1
        quorum_max ~ no bound
        delay ~ none
        fork_delay ~ none
        terminate_delay ~ none
        [bfd_instance]
        source_ip ~ by the routes
        min_rx = 10
        min_tx = 10
        idle_tx = 1000
        multiplier = 5
        ttl ~ 255; over IPv6 64 are enough of the neighbour's
        max_hops = 0
        multihop = off
        weight <a whole number, -253 to 253, [reverse]> = 0
        [virtual_server]
        virtualhost ~ none
        lb_algo = wlc
        lb_kind <NAT, DR or TUN [type ipip]> = NAT
        protocol = UDP
        persistence_timeout ~ off; alone: 360
        ip_family ~ the address's
        persistence_granularity ~ a single client; implies persistence_timeout
        weight = 1
        delay_loop = 60
        connect_timeout = 5
        retry = 1
        delay_before_retry = 1
        warmup ~ delay_loop
        sorry_server <IP [PORT]> ~ none
        sorry_server_lvs_method <NAT, DR or TUN [type ipip]> ~ lb_kind
        quorum = 1
        hysteresis = 0
        rise = 1
        slow_start = 0
        quorum_up ~ none
        quorum_down ~ none
        smtp_alert ~ smtp_alert_checker, else smtp_alert of global_defs, else off
        real_server <IP [PORT]>
        [real_server]
        virtualhost ~ of virtual_server
        weight ~ of virtual_server
        uthreshold = 0
        lthreshold = 0
        lvs_method <NAT, DR or TUN [type ipip]> ~ lb_kind of virtual_server
        inhibit_on_failure ~ of virtual_server
        alpha ~ of virtual_server
        delay_loop ~ of virtual_server
        connect_timeout ~ of virtual_server
        retry ~ of virtual_server
        delay_before_retry ~ of virtual_server
        warmup ~ of virtual_server, else delay_loop
        rise ~ of virtual_server
        notify_up ~ none
        notify_down ~ none
        smtp_alert ~ smtp_alert_checker, else smtp_alert of global_defs, else on
        [checks]
        connect_ip ~ the real server
        connect_port ~ the real server's, as written
        bindto ~ by the routes
        bind_port ~ the kernel's choice
        bind_if ~ by the routes
        fwmark = 0
        connect_timeout ~ of real_server
        delay_loop ~ of real_server
        retry ~ of real_server, else 1
        delay_before_retry ~ of real_server, else 1
        warmup ~ of real_server, else delay_loop
        alpha ~ of real_server
        log_all_failures ~ checker_log_all_failures
        rise ~ of real_server
        [MISC_CHECK]
        misc_timeout ~ delay_loop of virtual_server
        user <USER [GROUP]> ~ script_user
        retry ~ of real_server, else 0
        [FILE_CHECK]
        weight <a whole number, -2147483647 to 2147483647, [reverse]> ~ the file's
        [SSL]
        certificate ~ none
        key ~ none
        password ~ none
        ca ~ none
        [HTTP_GET]
        enable_sni = off
        sni_name ~ virtualhost
        delay_before_retry ~ of real_server, else 3
        virtualhost ~ of real_server, else of virtual_server
        http_protocol = 1.0
        fast_recovery = off
        [SSL_GET]
        verify_certificate = off
        delay_before_retry ~ of real_server, else 3
        virtualhost ~ of real_server, else of virtual_server
        http_protocol = 1.0
        fast_recovery = off
        enable_sni = off
        sni_name ~ virtualhost
        tls_compliant = off
        [url]
        tls_compliant ~ of the check
        digest ~ none
        status_code ~ 200-299
        virtualhost ~ of the check
        regex ~ none
        regex_options ~ none
        regex_min_offset ~ 0
        regex_max_offset ~ no bound
        [SMTP_CHECK]
        helo_name = smtpchecker.keepalived.org
        [DNS_CHECK]
        type = SOA
        name = .
        retry ~ of real_server, else 3
        delay_before_retry ~ of real_server, else delay_loop
        [UDP_CHECK]
        payload ~ 32 bytes of text
        require_reply ~ off
        min_reply_length = 0
        max_reply_length = 255
        """;

    /// <summary>What stands for the names of all checks.</summary>
    public const string OfChecks = "checks";

    public static IReadOnlyList<KeywordFact> All { get; } = Parse();

    /// <summary>What is said of a keyword of a block, or of all checks.</summary>
    public static KeywordFact? Of(string block, string keyword) =>
        All.FirstOrDefault(fact => fact.Block == block && fact.Keyword == keyword)
        ?? (IsCheck(block) ? All.FirstOrDefault(fact => fact.Block == OfChecks && fact.Keyword == keyword) : null);

    private static bool IsCheck(string block) =>
        block == "host" || block.EndsWith("_CHECK", StringComparison.Ordinal) || block.EndsWith("_GET", StringComparison.Ordinal);

    private static List<KeywordFact> Parse()
    {
        List<KeywordFact> facts = [];
        var block = "";
        foreach (var line in Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '[')
            {
                block = line[1..^1];
                continue;
            }

            var keyword = line.Split(' ', 2)[0];
            var rest = line[keyword.Length..].Trim();
            string? arguments = null;
            if (rest.StartsWith('<')) (arguments, rest) = (rest[1..rest.IndexOf('>')], rest[(rest.IndexOf('>') + 1)..].Trim());
            facts.Add(new(block, keyword, arguments, rest.Length == 0 ? null : rest[1..].Trim(), rest.StartsWith('=')));
        }

        return facts;
    }
}
