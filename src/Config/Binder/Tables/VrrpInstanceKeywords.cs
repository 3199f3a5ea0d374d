using Row = Director.Config.Binder.Rows<Director.Config.Binder.VrrpInstanceDraft>;

namespace Director.Config.Binder;

/// <summary><c>vrrp_instance</c>.</summary>
internal static class VrrpInstanceKeywords
{
    public static readonly Grammar<VrrpInstanceDraft> Grammar = new(
    [
        Row.Value("state", Take.OneOf(("MASTER", VrrpInitialState.Master), ("BACKUP", VrrpInitialState.Backup)),
            (instance, state) => instance.State = state),
        Row.Value("interface", Take.Interface, (instance, name) => instance.Interface = name, isRequired: true),
        Row.Value("virtual_router_id", Take.Integer(1, 255), (instance, id) => instance.VirtualRouterId = id, isRequired: true),
        Row.Value("priority", Take.Integer(1, 255), (instance, priority) => instance.Priority = priority),
        Row.Read("advert_int", Take.Seconds(0.01, 255), (instance, interval, reader) =>
        {
            instance.AdvertInterval = interval;
            instance.AdvertIntervalWord = reader.Last;
        }),
        Row.Block("authentication", AuthenticationKeywords.Grammar, (instance, _) => instance.Authentication),
        Row.Flag("nopreempt", (instance, reader) => instance.NoPreempt = reader.Last),
        Row.Flag("preempt", _ => { }),
        Row.Read("preempt_delay", Take.Seconds(0, 1000), (instance, delay, reader) =>
        {
            instance.PreemptDelay = delay;
            instance.PreemptDelayWord = reader.Last;
        }),
        .. VrrpAddressKeywords.Instance,
        Row.Read("mcast_src_ip", Take.Address, (instance, address, reader) =>
        {
            if (address.IsV4) instance.MulticastSource = address;
            else reader.ReportUnsupported("the interface's own address is used");
        }),
        Row.Read("version", Take.Integer(2, 3), (instance, version, reader) =>
        {
            if (version == 2) return;
            instance.IsRefused = true;
            reader.ReportUnsupported("the instance is not run");
        }),
        .. ElectionKeywords.OfInstance,
        .. TrackLine.Rows<VrrpInstanceDraft>(instance => instance.Tracks),
        .. NotifyKeywords.OfInstance<VrrpInstanceDraft>(instance => instance.Notify),
        Row.Flag("accept", _ => { }),
        Row.Optional("debug", Take.Integer(0, 4), 0, (_, _) => { }),
        // Peers that expect any of these would not hear us, or we them: better no instance than a second master.
        .. Row.NotYet(instance => instance.IsRefused = true,
            "unicast_peer", "mcast_dst_ip", "use_vmac", "use_vmac_addr", "use_ipvlan", "vrf", "native_ipv6", "auth_hmac"),
        .. Row.NotYet(
            "no_virtual_ipaddress", "unicast_src_ip", "unicast_ttl", "unicast_fault_no_peer", "check_unicast_src",
            "old_unicast_checksum", "track_src_ip", "vmac_xmit_base", "no_accept", "skip_check_adv_addr", "garp_extra_if",
            "vmac_garp_intvl", "kernel_rx_buf_size", "v3_checksum_as_v2", "promote_secondaries",
            "lvs_sync_daemon_interface", "linkbeat_use_polling"),
    ]);
}
