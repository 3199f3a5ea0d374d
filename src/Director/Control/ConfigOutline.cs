using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Director.Config;
using Director.Net;

namespace Director.Control;

/// <summary>
/// A configuration as a flat list of facts: object, property, value. Two configurations that mean the same have the same outline, however
/// they are written. Pure.
/// </summary>
internal static class ConfigOutline
{
    /// <summary>Every object of <paramref name="config"/> with its properties, in the order of the file.</summary>
    public static IReadOnlyList<OutlineObject> Of(DirectorConfig config)
    {
        var outline = new List<OutlineObject> { Globals(config.Globals) };
        foreach (var session in config.BfdInstances) outline.Add(Session(session));
        foreach (var instance in config.VrrpInstances) outline.Add(Instance(instance));
        outline.AddRange(config.SyncGroups.Select(SyncGroup));
        outline.AddRange(config.Scripts.Select(script => new OutlineObject($"vrrp_script {script.Name}", TrackingOutline.Of(script))));
        outline.AddRange(config.TrackFiles.Select(file => new OutlineObject($"vrrp_track_file {file.Name}", TrackingOutline.Of(file))));
        outline.AddRange(config.TrackProcesses.Select(process =>
            new OutlineObject($"vrrp_track_process {process.Name}", TrackingOutline.Of(process))));
        outline.Add(Host(config.Host));
        foreach (var service in config.VirtualServers)
        {
            outline.Add(Service(service));
            foreach (var server in service.RealServers) outline.Add(Server(service, server));
            if (service.SorryServer is { } sorry) outline.Add(SorryServer(service, sorry));
        }

        return outline;
    }

    private static OutlineObject Globals(GlobalConfig globals) => new("global_defs",
    [
        ("router_id", globals.RouterId ?? ""),
        ("lvs_timeouts tcp", Optional(globals.LvsTimeouts.Tcp)),
        ("lvs_timeouts tcpfin", Optional(globals.LvsTimeouts.TcpFin)),
        ("lvs_timeouts udp", Optional(globals.LvsTimeouts.Udp)),
        .. TrackingOutline.Of(globals),
    ]);

    private static OutlineObject Instance(VrrpInstanceConfig instance) => new($"vrrp_instance {instance.Name}",
    [
        ("state", instance.InitialState.ToString().ToUpperInvariant()),
        ("interface", instance.Interface),
        ("virtual_router_id", Text(instance.VirtualRouterId)),
        ("priority", Text(instance.Priority)),
        ("advert_int", Text(instance.AdvertInterval)),
        ("auth_pass", Secret(instance.Password)),
        ("preempt", Text(instance.Preempt)),
        ("preempt_delay", Text(instance.PreemptDelay)),
        ("mcast_src_ip", instance.Source?.ToString() ?? "interface"),
        .. Wire(instance.Wire),
        ("garp", instance.Garp.ToString()),
        ("virtual_ipaddress", string.Join(", ", instance.Addresses.Select(Text))),
        ("virtual_ipaddress_excluded", string.Join(", ", instance.ExcludedAddresses.Select(Text))),
        ("use_vmac", instance.Vmac?.ToString() ?? "none"),
        ("use_vmac_addr", string.Join(", ", instance.AddressVmacs)),
        ("track_group", string.Join(", ", instance.NeededInterfaces)),
        ("no_virtual_ipaddress", Text(instance.AllowsNoAddresses)),
        ("accept", Text(instance.Accepts)),
        ("promote_secondaries", Text(instance.PromotesSecondaries)),
        ("virtual_routes", Routes(instance.Routes)),
        ("virtual_rules", Rules(instance.Rules)),
        .. TrackingOutline.Of(instance.Tracks),
        .. TrackingOutline.Of(instance.Notify),
    ]);

    private static OutlineObject SyncGroup(SyncGroupConfig group) => new($"vrrp_sync_group {group.Name}",
    [
        ("group", string.Join(", ", group.Members)),
        ("sync_group_tracking_weight", Text(group.AllowsMemberWeights)),
        .. TrackingOutline.Of(group.Tracks),
        .. TrackingOutline.Of(group.Notify),
    ]);

    private static OutlineObject Session(BfdInstanceConfig session) => new($"bfd_instance {session.Name}",
    [
        ("neighbor_ip", session.Neighbor.ToString()),
        ("source_ip", session.Source?.ToString() ?? "any"),
        ("min_rx", Text(session.MinRx)),
        ("min_tx", Text(session.MinTx)),
        ("idle_tx", Text(session.IdleTx)),
        ("multiplier", Text(session.Multiplier)),
        ("passive", Text(session.IsPassive)),
        ("ttl", Text(session.HopLimit)),
        ("lowest ttl taken", Text(session.LowestHopLimit)),
        ("multihop", Text(session.IsMultihop)),
    ]);

    private static OutlineObject Host(HostConfig host) => new("host",
    [
        ("static_ipaddress", string.Join(", ", host.Addresses.Select(Text))),
        ("static_routes", Routes(host.Routes)),
        ("static_rules", Rules(host.Rules)),
        ("interface_up_down_delays", string.Join(", ", host.LinkDelays.Select(delays =>
            $"{delays.Interface} {Text(delays.Down)} {Text(delays.Up)}"))),
        ("garp_interval", Text(host.ArpInterval)),
        ("gna_interval", Text(host.NeighbourInterval)),
        ("garp_group", string.Join(", ", host.GarpGroups.Select(group =>
            $"{string.Join(' ', group.Interfaces)} {Text(group.ArpInterval)} {Text(group.NeighbourInterval)}"))),
    ]);

    /// <summary>With all that the text of a route leaves out.</summary>
    private static string Routes(IReadOnlyList<VirtualRoute> routes) => string.Join(", ", routes.Select(route =>
        string.Create(CultureInfo.InvariantCulture, $"{route} scope {route.Scope} proto {route.Protocol} metric {route.Metric} ") +
        $"src {route.PreferredSource} tos {route.TypeOfService} onlink {Text(route.IsOnLink)} track {Text(route.IsTracked)} " +
        $"{route.Placement} realms {route.Realms} expires {route.Lifetime} congctl {route.CongestionControl} " +
        $"{Text(route.LocksCongestionControl)} {string.Join(' ', route.Metrics)} {string.Join(' ', route.Hops)}"));

    private static string Rules(IReadOnlyList<VirtualRule> rules) => string.Join(", ", rules.Select(rule =>
        string.Create(CultureInfo.InvariantCulture, $"{rule} mark {rule.Mark}/{rule.MarkMask} iif {rule.InputDevice} ") +
        $"oif {rule.OutputDevice} tos {rule.TypeOfService} proto {rule.Protocol} track {Text(rule.IsTracked)} goto {rule.GoTo} " +
        $"suppress {rule.SuppressPrefixLength} {rule.SuppressGroup} realms {rule.Realms} tun {rule.TunnelId} l3mdev {rule.IsOfVrf} " +
        $"users {rule.Users} ipproto {rule.IpProtocol} {rule.SourcePorts} {rule.DestinationPorts}"));

    private static IEnumerable<(string, string)> Wire(WireConfig wire) =>
    [
        ("version", Text(wire.Version)),
        ("unicast_peer", string.Join(", ", wire.Peers)),
        ("unicast_fault_no_peer", Text(wire.FaultsWithoutPeers)),
        ("check_unicast_src", Text(wire.ChecksUnicastSource)),
        ("unicast_ttl", Text(wire.UnicastTtl)),
        ("mcast_dst_ip", wire.Group?.ToString() ?? "default"),
        ("track_src_ip", Text(wire.TracksSource)),
        ("checksum", wire.Checksum.ToString()),
        ("skip_check_adv_addr", Text(wire.TrustsKnownMaster)),
        ("kernel_rx_buf_size", string.Create(CultureInfo.InvariantCulture, $"{wire.ReceiveBuffer.Count} {wire.ReceiveBuffer.Unit}")),
        ("log_unknown_vrids", Text(wire.LogsUnknown)),
    ];

    private static OutlineObject Service(VirtualServerConfig service) => new($"virtual_server {service.Key}",
    [
        ("group", string.Join(", ", service.OtherKeys)),
        ("lb_algo", service.Scheduler),
        ("flags", service.SchedulerFlags.ToString()),
        ("persistence_timeout", Optional(service.PersistenceTimeout)),
        ("persistence_granularity", Text(service.PersistencePrefixLength)),
        ("ops", Text(service.IsOnePacket)),
        ("quorum", Text(service.Quorum)),
        ("hysteresis", Text(service.Hysteresis)),
    ]);

    private static OutlineObject Server(VirtualServerConfig service, RealServerConfig server) => new(
        $"virtual_server {service.Key} real_server {server.Endpoint.ToString(service.Key.Protocol)}",
    [
        ("weight", Text(server.Weight)),
        ("lvs_method", MethodName.Of(server.Method)),
        ("uthreshold", Text(server.UpperThreshold)),
        ("lthreshold", Text(server.LowerThreshold)),
        ("inhibit_on_failure", Text(server.InhibitOnFailure)),
        .. server.Checks.GroupBy(check => check.Keyword).SelectMany(kind => kind.Select((check, index) =>
            (string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {index + 1}"), $"{check.Shown}, {check.Timing}"))),
    ]);

    private static OutlineObject SorryServer(VirtualServerConfig service, RealServerConfig sorry) => new(
        $"virtual_server {service.Key} sorry_server {sorry.Endpoint.ToString(service.Key.Protocol)}",
    [
        ("sorry_server_lvs_method", MethodName.Of(sorry.Method)),
        ("sorry_server_inhibit", Text(sorry.InhibitOnFailure)),
    ]);

    private static string Text(VirtualAddressConfig address) => string.Create(CultureInfo.InvariantCulture,
        $"{address.Address}/{address.PrefixLength} dev {address.Vmac ?? address.Interface} " +
        $"scope {address.Scope} brd {address.Broadcast?.ToString() ?? "none"} label {address.Label ?? "none"}") +
        (address is { Peer: null, Options: VirtualAddressOptions.None, PreferredSeconds: VirtualAddressConfig.Forever }
            ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $" peer {address.Peer} {address.Options} preferred {address.PreferredSeconds} s"));

    /// <summary>Tells one password from another without showing either.</summary>
    private static string Secret(string? password) => password is null
        ? "none"
        : "set #" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)))[..4];

    private static string Optional(TimeSpan? value) => value is { } span ? Text(span) : "none";

    private static string Text(bool value) => value ? "yes" : "no";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.######} s");
}
