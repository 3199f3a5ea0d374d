using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// Fills in the defaults of <c>virtual_server</c> blocks and checks each against itself and the others, as keepalived's check_data.c
/// does.
/// </summary>
internal sealed class VirtualServerCompletion(IReadOnlyDictionary<string, VirtualServerGroupDraft> groups, DiagnosticSink diagnostics)
{
    /// <summary>Persistence that is asked for without a time (Linux include/uapi/linux/ip_vs.h, IP_VS_PERSISTENT_TIMEOUT).</summary>
    public static readonly TimeSpan DefaultPersistence = TimeSpan.FromSeconds(360);

    private static readonly TimeSpan DefaultDelayLoop = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultDelayBeforeRetry = TimeSpan.FromSeconds(1);
    private const int DefaultRetries = 1;
    private const int DefaultWeight = 1;

    /// <summary>Where the kernel's ip_vs_ftp listens in (Linux net/netfilter/ipvs/ip_vs_ftp.c).</summary>
    private const ushort FtpControlPort = 21;

    /// <summary>The virtual servers that can be served, in order.</summary>
    public IReadOnlyList<VirtualServerConfig> Complete(IReadOnlyList<VirtualServerDraft> drafts)
    {
        List<VirtualServerConfig> servers = [];
        var byKey = new Dictionary<ServiceKey, SourceLocation>();
        foreach (var draft in drafts)
        {
            if (draft.Group is { } name && !TryResolve(name, draft)) continue;
            foreach (var key in EndpointsOf(draft).Select(endpoint => new ServiceKey(draft.Protocol, endpoint)))
            {
                if (byKey.TryAdd(key, draft.Header.Keyword.Location)) continue;
                var what = draft.Group is null ? $"'{draft.Header.Header}'" : $"{key.Virtual} of '{draft.Header.Header}'";
                diagnostics.Error(DiagnosticCode.Duplicate, draft.Header.Keyword, $"{what} stands at {byKey[key]} already");
                break;
            }

            if (Complete(draft) is { } server) servers.Add(server);
        }

        return servers;
    }

    private static IEnumerable<Endpoint> EndpointsOf(VirtualServerDraft draft) => draft.OtherEndpoints.Prepend(draft.Endpoint);

    private VirtualServerConfig? Complete(VirtualServerDraft draft)
    {
        var header = draft.Header;
        var prefixLength = PrefixLengthOf(draft);
        var persistence = draft.PersistenceTimeout ?? (draft.Granularity is null ? null : DefaultPersistence);
        if (EndpointsOf(draft).Any(endpoint => endpoint.Port == 0) && persistence is null)
        {
            persistence = DefaultPersistence;
            diagnostics.Warning(DiagnosticCode.Conflict, header.Words[^1],
                $"a virtual server for all ports needs persistence: persistence_timeout {DefaultPersistence.TotalSeconds:0} is used");
        }

        var servers = RealServersOf(draft);
        if (draft.IsMethodUnsupported || draft.Protocol == IpProtocol.Sctp) return null;
        if (servers.Count == 0)
        {
            var why = draft.RealServers.Count == 0 ? "has no real_server" : "has no real_server that can be used";
            diagnostics.Warning(DiagnosticCode.Unused, header.Keyword, $"'{header.Header}' {why}: it is not served");
            return null;
        }

        if (draft.Protocol == IpProtocol.Tcp && persistence is null && servers.Exists(server => server.Method == ForwardingMethodConfig.Nat)
            && EndpointsOf(draft).Any(endpoint => endpoint.Port == FtpControlPort))
        {
            diagnostics.Warning(DiagnosticCode.NotSupported, header.Keyword,
                $"FTP's NAT helper is not supported: data connections of port {FtpControlPort} services are not translated");
        }

        var scheduler = draft.Scheduler ?? SchedulerArgument.Default;
        return new(new(draft.Protocol, draft.Endpoint), scheduler, persistence, prefixLength, servers,
            header.Keyword.Location)
        {
            SchedulerFlags = FlagsFor(scheduler, draft.SchedulerFlags),
            Method = draft.Method,
            OtherKeys = [.. draft.OtherEndpoints.Select(endpoint => new ServiceKey(draft.Protocol, endpoint))],
            IsOnePacket = draft.IsOnePacket && IsUdp(draft),
        };
    }

    private List<RealServerConfig> RealServersOf(VirtualServerDraft draft)
    {
        var ports = EndpointsOf(draft).Select(endpoint => endpoint.Port).Distinct().ToList();
        var byAddress = new Dictionary<IpAddress128, List<RealServerConfig>>();
        List<RealServerConfig> servers = [];
        foreach (var server in draft.RealServers)
        {
            if (Complete(draft, server) is not { } complete) continue;
            if (!byAddress.TryGetValue(complete.Endpoint.Address, out var others)) byAddress.Add(complete.Endpoint.Address, others = []);
            if (others.Find(other => ports.Exists(port => other.EndpointAt(port) == complete.EndpointAt(port))) is { } twin)
            {
                diagnostics.Warning(DiagnosticCode.Duplicate, server.Header.Keyword,
                    $"real server {complete.Endpoint} stands at {twin.Location} already; this one is ignored");
                continue;
            }

            others.Add(complete);
            servers.Add(complete);
        }

        return servers;
    }

    private SchedulerFlagsConfig FlagsFor(string scheduler, IReadOnlyList<SchedulerFlagDraft> drafts)
    {
        var flags = SchedulerFlagsConfig.None;
        foreach (var (word, flag, needed) in drafts)
        {
            if (needed is null || needed == scheduler) flags |= flag;
            else diagnostics.Warning(DiagnosticCode.Conflict, word, $"{word.Text} is for lb_algo {needed}: it has no effect here");
        }

        return flags;
    }

    private bool TryResolve(Word name, VirtualServerDraft draft)
    {
        if (groups.TryGetValue(name.Text, out var group) && group.Endpoints.Count > 0)
        {
            draft.Endpoint = group.Endpoints[0];
            draft.OtherEndpoints = group.Endpoints[1..];
            return true;
        }

        if (group is null)
            diagnostics.Error(DiagnosticCode.InvalidValue, name, $"there is no virtual_server_group {Printable.Quote(name.Text)}");
        else
            diagnostics.Warning(DiagnosticCode.Unused, name, $"'{group.Header.Header}' has no address: it is not served");
        return false;
    }

    private int PrefixLengthOf(VirtualServerDraft draft)
    {
        var address = draft.Endpoint.Address;
        if (draft.Granularity is not var (value, word)) return address.Size * 8;
        if (GranularityArgument.TryGetLength(value, address.IsV4, out var length)) return length;
        diagnostics.Error(DiagnosticCode.InvalidValue, word,
            $"{Printable.Quote(word.Text)} is not {(address.IsV4 ? GranularityArgument.Mask : GranularityArgument.Length)}");
        return address.Size * 8;
    }

    private bool IsUdp(VirtualServerDraft draft)
    {
        if (draft.Protocol == IpProtocol.Udp) return true;
        diagnostics.Warning(DiagnosticCode.Conflict, draft.Header.Keyword, "ops is for UDP: it has no effect here");
        return false;
    }

    private RealServerConfig? Complete(VirtualServerDraft service, RealServerDraft draft)
    {
        var word = draft.Header.Words[1];
        var method = draft.Method ?? service.Method;
        if (draft.Address.IsV4 != service.Endpoint.Address.IsV4 && method != ForwardingMethodConfig.Tunnel)
        {
            diagnostics.Warning(DiagnosticCode.Conflict, word,
                $"{draft.Address} is not of the family of {service.Endpoint.Address}: the real server is not used");
            return null;
        }

        if (draft.Port is { } port) CheckPort(port, draft.Header.Words[2], method, service);
        var defaults = draft.CheckDefaults.Over(service.CheckDefaults);
        List<TcpCheckConfig> checks = [];
        foreach (var check in draft.TcpChecks)
        {
            var written = new Endpoint(draft.Address, (ushort)(draft.Port ?? service.Endpoint.Port));
            if (Complete(check, written, defaults) is { } complete) checks.Add(complete);
        }

        if (draft.IsMethodUnsupported) return null;
        if (draft.LowerThreshold > draft.UpperThreshold)
        {
            // keepalived passes it on, and the kernel refuses the server (ip_vs_ctl.c, ERANGE).
            diagnostics.Error(DiagnosticCode.Conflict, draft.LowerThresholdWord!,
                $"lthreshold {draft.LowerThreshold} is above uthreshold {draft.UpperThreshold}",
                draft.UpperThreshold == 0 ? "add uthreshold" : null);
        }

        return new(new(draft.Address, PortOf(service, draft.Port, method)), draft.Weight ?? service.Weight ?? DefaultWeight,
            draft.InhibitOnFailure ?? service.InhibitOnFailure, checks, draft.Header.Keyword.Location)
        {
            Method = method,
            UpperThreshold = draft.UpperThreshold,
            LowerThreshold = draft.LowerThreshold,
        };
    }

    /// <summary>A server's port as <see cref="RealServerConfig.Endpoint"/> has it.</summary>
    private static ushort PortOf(VirtualServerDraft service, int? written, ForwardingMethodConfig method) =>
        method != ForwardingMethodConfig.Nat ? service.Endpoint.Port
        : written is { } port ? (ushort)port
        // keepalived leaves it open, so each packet keeps the port of the group that it came for.
        : service.Group is null ? service.Endpoint.Port : (ushort)0;

    private void CheckPort(int written, Word word, ForwardingMethodConfig method, VirtualServerDraft service)
    {
        var port = service.Endpoint.Port;
        if (service.Group is not null || written == port || (method == ForwardingMethodConfig.Nat && port != 0)) return;
        var what = port == 0 ? "the port that the client asked for" : $"port {port} of the virtual server";
        var how = method switch
        {
            ForwardingMethodConfig.Tunnel => "a tunnel",
            ForwardingMethodConfig.DirectRouting => "direct routing",
            _ => "a virtual server for all ports",
        };
        diagnostics.Warning(DiagnosticCode.Conflict, word, $"{how} cannot change the port: {what} is used");
    }

    private TcpCheckConfig? Complete(TcpCheckDraft draft, Endpoint server, CheckDefaultsDraft defaults)
    {
        // The port as written is checked even where direct routing forwards to another, for keepalived takes it before it corrects that.
        var target = new Endpoint(draft.ConnectAddress ?? server.Address, (ushort)(draft.ConnectPort ?? server.Port));
        if (target.Port == 0)
        {
            diagnostics.Error(DiagnosticCode.MissingKeyword, draft.Header.Keyword, "TCP_CHECK has no port to connect to",
                "add connect_port");
            return null;
        }

        var bindTo = draft.BindTo;
        if (bindTo is { } source && source.IsV4 != target.Address.IsV4)
        {
            diagnostics.Error(DiagnosticCode.Conflict, draft.BindToWord!, $"{source} is not of the family of {target.Address}");
            bindTo = null;
        }

        var settings = draft.Settings.Over(defaults);
        var delayLoop = settings.DelayLoop ?? DefaultDelayLoop;
        return new(target, bindTo, settings.ConnectTimeout ?? DefaultConnectTimeout, settings.Retries ?? DefaultRetries,
            settings.DelayBeforeRetry ?? DefaultDelayBeforeRetry, delayLoop, settings.Warmup ?? delayLoop, settings.Alpha ?? false,
            draft.Header.Keyword.Location);
    }
}
