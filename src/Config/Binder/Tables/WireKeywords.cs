using Director.Net;

namespace Director.Config.Binder;

/// <summary>The keywords of how VRRP speaks, of <c>vrrp_instance</c> and of <c>global_defs</c>.</summary>
internal static class WireKeywords
{
    /// <summary>Of <c>vrrp_instance</c>.</summary>
    public static IEnumerable<Keyword<VrrpInstanceDraft>> OfInstance =>
    [
        .. Shared<VrrpInstanceDraft>(instance => instance.Wire, "", ""),
        Rows<VrrpInstanceDraft>.Block("unicast_peer", UnicastPeerLine.Grammar, (instance, header) =>
        {
            instance.Wire.Peers.Word = header.Keyword;
            return instance.Wire.Peers;
        }),
        Source("mcast_src_ip", isUnicast: false),
        Source("unicast_src_ip", isUnicast: true),
        Group<VrrpInstanceDraft>("mcast_dst_ip", instance => instance.Wire, isV6: null),
        Rows<VrrpInstanceDraft>.Read("unicast_ttl", Take.Integer(0, byte.MaxValue), (instance, ttl, reader) =>
            (instance.Wire.UnicastTtl, instance.Wire.UnicastWord) = (ttl, reader.Statement.Keyword)),
        Rows<VrrpInstanceDraft>.Flag("unicast_fault_no_peer", instance => instance.Wire.FaultsWithoutPeers = true),
        Rows<VrrpInstanceDraft>.Flag("track_src_ip", instance => instance.Wire.TracksSource = true),
        // "never" forbids what the director does not do anyway: to change the form that it sends because of what it hears.
        Rows<VrrpInstanceDraft>.Optional("old_unicast_checksum", Take.OneOf(("never", false)), true,
            (instance, on) => instance.Wire.OldUnicastChecksum = on),
        Rows<VrrpInstanceDraft>.Value("kernel_rx_buf_size", Take.Integer(1), (instance, size) => instance.Wire.ReceiveBuffer = size),
        // Where there are addresses they say so.
        Rows<VrrpInstanceDraft>.Flag("native_ipv6", instance => instance.Wire.IsNativeV6 = true),
    ];

    /// <summary>Of <c>global_defs</c>.</summary>
    public static IEnumerable<Keyword<GlobalDraft>> OfGlobals =>
    [
        .. Shared<GlobalDraft>(globals => globals.Wire, "vrrp_", ""),
        Group<GlobalDraft>("vrrp_mcast_group4", globals => globals.Wire, isV6: false),
        Group<GlobalDraft>("vrrp_mcast_group6", globals => globals.Wire, isV6: true),
        new ReceiveBufferPolicyKeyword(),
        Rows<GlobalDraft>.Value("vrrp_rx_bufs_multiplier", Take.Integer(1, ConfigLimits.MaxReceiveBufferMultiplier),
            (globals, multiplier) => globals.Wire.ReceiveBufferMultiplier = multiplier),
        Rows<GlobalDraft>.Flag("log_unknown_vrids", globals => globals.Wire.LogsUnknown = true),
    ];

    private static IEnumerable<Keyword<T>> Shared<T>(Func<T, WireDraft> wire, string prefix, string none) =>
    [
        Rows<T>.Read(prefix + "version", Take.Integer(2, 3), (draft, version, reader) =>
            (wire(draft).Version, wire(draft).VersionWord) = (version, reader.Last)),
        Rows<T>.Switch(prefix + "skip_check_adv_addr", (draft, on) => wire(draft).TrustsKnownMaster = on),
        Rows<T>.Switch(prefix + "check_unicast_src", (draft, on) => wire(draft).ChecksUnicastSource = on),
        Rows<T>.Switch(none + "v3_checksum_as_v2", (draft, on) => wire(draft).ChecksumAsV2 = on),
    ];

    private static Keyword<VrrpInstanceDraft> Source(string name, bool isUnicast) =>
        Rows<VrrpInstanceDraft>.Read(name, Take.Address, (instance, address, reader) =>
        {
            if (address.IsUnspecified || address.IsMulticast)
            {
                reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last, $"{address} is no address to send from");
                return;
            }

            (instance.Wire.Source, instance.Wire.SourceWord) = (address, reader.Last);
            if (isUnicast) instance.Wire.UnicastWord = reader.Statement.Keyword;
        });

    /// <summary>A group of IPv6 must not reach beyond the link, as RFC 9568 §5.1.2.2 has it.</summary>
    private static Keyword<T> Group<T>(string name, Func<T, WireDraft> wire, bool? isV6) =>
        Rows<T>.Read(name, Take.Address, (draft, group, reader) =>
        {
            var isOfFamily = isV6 is null || isV6 == !group.IsV4;
            if (!isOfFamily || !group.IsMulticast || (!group.IsV4 && !IsOfLink(group)))
            {
                var expected = isV6 switch
                {
                    false => "an IPv4 multicast address",
                    true => "an IPv6 multicast address of the link, ff02::/16",
                    _ => "a multicast address, of IPv6 one of the link, ff02::/16",
                };
                reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last, $"{group} is not {expected}");
                return;
            }

            var own = wire(draft);
            own.GroupWord = reader.Last;
            if (group.IsV4) own.GroupV4 = group;
            else own.GroupV6 = group;
        });

    private static bool IsOfLink(IpAddress128 group) => (group.Upper >> 48 & 0xf) == 2;
}
