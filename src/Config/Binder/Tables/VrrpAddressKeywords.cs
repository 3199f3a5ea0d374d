using InstanceRow = Director.Config.Binder.Rows<Director.Config.Binder.VrrpInstanceDraft>;
using GlobalRow = Director.Config.Binder.Rows<Director.Config.Binder.GlobalDraft>;
using RootRow = Director.Config.Binder.Rows<Director.Config.Binder.RootDraft>;

namespace Director.Config.Binder;

/// <summary>Keywords about what a master owns and how it announces that, in all blocks that have some.</summary>
internal static class VrrpAddressKeywords
{
    private static readonly Argument<TimeSpan> Interval = GarpArguments.Interval;
    private static readonly Argument<int> LowerRepeat = Take.Integer(0);

    /// <summary>Those of <c>vrrp_instance</c>.</summary>
    public static IEnumerable<Keyword<VrrpInstanceDraft>> Instance { get; } =
    [
        InstanceRow.Block("virtual_ipaddress", VirtualAddressLine.Grammar, (instance, _) => instance.Addresses),
        InstanceRow.Block("virtual_ipaddress_excluded", VirtualAddressLine.Grammar, (instance, _) => instance.ExcludedAddresses),
        InstanceRow.Block("virtual_routes", RouteLine.Grammar, (instance, _) => instance.Routes),
        InstanceRow.Block("virtual_rules", RuleLine.Grammar, (instance, _) => instance.Rules),
        InstanceRow.Value("garp_master_delay", GarpArguments.Delay, (instance, delay) => instance.Garp.Delay = delay),
        InstanceRow.Value("garp_master_repeat", GarpArguments.Repeat, (instance, repeat) => instance.Garp.Repeat = repeat),
        InstanceRow.Value("garp_master_refresh", GarpArguments.Refresh, (instance, refresh) => instance.Garp.Refresh = refresh),
        InstanceRow.Value("garp_master_refresh_repeat", GarpArguments.Repeat, (instance, repeat) => instance.Garp.RefreshRepeat = repeat),
        InstanceRow.Value("garp_lower_prio_delay", GarpArguments.Delay, (instance, delay) => instance.Garp.LowerPriorityDelay = delay),
        InstanceRow.Value("garp_lower_prio_repeat", LowerRepeat, (instance, repeat) => instance.Garp.LowerPriorityRepeat = repeat),
        InstanceRow.Flag("accept", instance => instance.Accepts = true),
        InstanceRow.Flag("no_accept", instance => instance.Accepts = false),
        new UseVmacKeyword(),
        InstanceRow.Flag("vmac_xmit_base", (instance, reader) => instance.Vmac.OnParent = reader.Last),
        InstanceRow.Flag("use_vmac_addr", instance => instance.Vmac.IsForAllAddresses = true),
        InstanceRow.Flag("no_virtual_ipaddress", (instance, reader) => instance.NoAddresses = reader.Last),
        InstanceRow.Flag("promote_secondaries", instance => instance.PromotesSecondaries = true),
        new GarpExtraKeyword<VrrpInstanceDraft>("garp_extra_if", "vmac_garp_intvl", instance => instance.Garp),
    ];

    /// <summary>Those of <c>global_defs</c>.</summary>
    public static IEnumerable<Keyword<GlobalDraft>> Global { get; } =
    [
        GlobalRow.Value("vrrp_garp_master_delay", GarpArguments.Delay, (globals, delay) => globals.Garp.Delay = delay),
        GlobalRow.Value("vrrp_garp_master_repeat", GarpArguments.Repeat, (globals, repeat) => globals.Garp.Repeat = repeat),
        GlobalRow.Value("vrrp_garp_master_refresh", GarpArguments.Refresh, (globals, refresh) => globals.Garp.Refresh = refresh),
        GlobalRow.Value("vrrp_garp_master_refresh_repeat", GarpArguments.Repeat, (globals, repeat) => globals.Garp.RefreshRepeat = repeat),
        GlobalRow.Value("vrrp_garp_lower_prio_delay", GarpArguments.Delay, (globals, delay) => globals.Garp.LowerPriorityDelay = delay),
        GlobalRow.Value("vrrp_garp_lower_prio_repeat", LowerRepeat, (globals, repeat) => globals.Garp.LowerPriorityRepeat = repeat),
        GlobalRow.Switch("vrrp_min_garp", (globals, isMinimal) => globals.Garp.IsMinimal = isMinimal),
        GlobalRow.Value("vrrp_garp_interval", Interval, (globals, interval) => globals.ArpInterval = interval),
        GlobalRow.Value("vrrp_gna_interval", Interval, (globals, interval) => globals.NeighbourInterval = interval),
        new GarpExtraKeyword<GlobalDraft>("vrrp_garp_extra_if", "vrrp_vmac_garp_intvl", globals => globals.Garp),
        GlobalRow.Value("vmac_prefix", Take.Interface, (globals, prefix) => globals.VmacPrefix = prefix),
        GlobalRow.Value("vmac_addr_prefix", Take.Interface, (globals, prefix) => globals.VmacAddressPrefix = prefix),
        // What "allow_if_changes" allows, that an interface of the same name is another one, is always so.
        GlobalRow.Optional("dynamic_interfaces", Take.OneOf(("allow_if_changes", true)), true,
            (globals, _) => globals.AllowsMissingInterfaces = true),
        GlobalRow.Flag("disable_local_igmp", globals => globals.DisablesLocalIgmp = true),
        GlobalRow.Value("default_interface", Take.Interface, (globals, name) => globals.DefaultInterface = name),
    ];

    /// <summary>Those outside any block.</summary>
    public static IEnumerable<Keyword<RootDraft>> Root { get; } =
    [
        RootRow.Block("static_ipaddress", VirtualAddressLine.Grammar, (root, _) => root.StaticAddresses),
        RootRow.Block("static_routes", RouteLine.Grammar, (root, _) => root.StaticRoutes),
        RootRow.Block("static_rules", RuleLine.Grammar, (root, _) => root.StaticRules),
        RootRow.Block("garp_group", GarpGroupKeywords.Grammar, (root, header) =>
        {
            var draft = new GarpGroupDraft(header.Keyword);
            root.GarpGroups.Add(draft);
            return draft;
        }),
    ];
}
