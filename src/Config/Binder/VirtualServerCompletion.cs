using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// Fills in the defaults of <c>virtual_server</c> blocks and checks each against itself and the others, as keepalived's check_data.c
/// does.
/// </summary>
internal sealed class VirtualServerCompletion(RootDraft root, DiagnosticSink diagnostics)
{
    /// <summary>Persistence that is asked for without a time (Linux include/uapi/linux/ip_vs.h, IP_VS_PERSISTENT_TIMEOUT).</summary>
    public static readonly TimeSpan DefaultPersistence = TimeSpan.FromSeconds(360);

    private const int DefaultQuorum = 1;

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
            foreach (var key in draft.Endpoints.Select(endpoint => new ServiceKey(draft.Protocol, endpoint)))
            {
                if (byKey.TryAdd(key, draft.Header.Keyword.Location)) continue;
                var what = draft.Group is null ? $"'{draft.Header.Header}'" : $"{key.Virtual} of '{draft.Header.Header}'";
                diagnostics.Error(DiagnosticCode.DuplicateVirtualServer, draft.Header.Keyword, $"{what} stands at {byKey[key]} already",
                    related: RelatedPlace.First(byKey[key]));
                break;
            }

            if (Complete(draft) is { } server) servers.Add(server);
        }

        return servers;
    }

    private VirtualServerConfig? Complete(VirtualServerDraft draft)
    {
        var header = draft.Header;
        if (draft.Family is var (isV4, family) && isV4 != draft.Endpoint.Address.IsV4)
        {
            diagnostics.Warning(DiagnosticCode.Conflict, family,
                $"the family is that of {draft.Endpoint.Address}: ip_family has no effect");
        }

        var prefixLength = PrefixLengthOf(draft);
        var persistence = draft.PersistenceTimeout ?? (draft.Granularity is null ? null : DefaultPersistence);
        if (draft.Endpoints.Any(endpoint => endpoint.Port == 0) && persistence is null)
        {
            persistence = DefaultPersistence;
            diagnostics.Warning(DiagnosticCode.AllPortsPersistence, header.Words[^1],
                $"a virtual server for all ports needs persistence: persistence_timeout {DefaultPersistence.TotalSeconds:0} is used");
        }

        var completion = new RealServerCompletion(root.Globals, draft, diagnostics);
        var servers = completion.RealServers();
        var sorryServer = completion.SorryServer(servers);
        if (draft.IsMethodUnsupported || draft.Protocol == IpProtocol.Sctp) return null;
        if (servers.Count == 0)
        {
            var why = draft.RealServers.Count == 0 ? "has no real_server" : "has no real_server that can be used";
            diagnostics.Warning(DiagnosticCode.NoRealServer, header.Keyword, $"'{header.Header}' {why}: it is not served");
            return null;
        }

        if (draft.Protocol == IpProtocol.Tcp && persistence is null && servers.Exists(server => server.Method == ForwardingMethodConfig.Nat)
            && draft.Endpoints.Any(endpoint => endpoint.Port == FtpControlPort))
        {
            diagnostics.Warning(DiagnosticCode.NotSupported, header.Keyword,
                $"FTP's NAT helper is not supported: data connections of port {FtpControlPort} services are not translated");
        }

        var scheduler = draft.Scheduler ?? SchedulerArgument.Default;
        var (quorum, hysteresis) = QuorumOf(draft, servers.Sum(server => (long)server.Weight));
        return new(new(draft.Protocol, draft.Endpoint), scheduler, persistence, prefixLength, servers,
            header.Keyword.Location)
        {
            SorryServer = sorryServer,
            Quorum = quorum,
            Hysteresis = hysteresis,
            SchedulerFlags = FlagsFor(scheduler, draft.SchedulerFlags),
            Method = draft.Method,
            Group = draft.Group?.Text,
            OtherKeys = [.. draft.OtherEndpoints.Select(endpoint => new ServiceKey(draft.Protocol, endpoint))],
            IsOnePacket = draft.IsOnePacket && IsUdp(draft),
            Notify = draft.Notify.Complete(root.Globals.Notify, mails: false),
            TellsOfStop = draft.TellsOfStop,
            SuspendsChecks = draft.SuspendsChecks,
            SlowStart = SlowStartOf(draft, servers),
            FailsOpen = draft.FailOpen is { } failOpen && CanFailOpen(failOpen, sorryServer),
        };
    }

    /// <summary>A quorum that can be reached, and a hysteresis that leaves something of it.</summary>
    private (int Quorum, int Hysteresis) QuorumOf(VirtualServerDraft draft, long weight)
    {
        var (quorum, hysteresis) = (draft.Quorum?.Value ?? DefaultQuorum, draft.Hysteresis?.Value ?? 0);
        var reachable = Math.Max(weight, DefaultQuorum);
        if (quorum > reachable)
        {
            diagnostics.Warning(DiagnosticCode.QuorumUnreachable, draft.Quorum!.Value.Word,
                $"quorum {quorum} is above the weights of all real servers together, {weight}: {reachable} is used");
            quorum = (int)reachable;
        }

        if (hysteresis >= quorum)
        {
            diagnostics.Warning(DiagnosticCode.HysteresisTooHigh, draft.Hysteresis!.Value.Word,
                $"hysteresis {hysteresis} is not below quorum {quorum}: {quorum - 1} is used");
            hysteresis = quorum - 1;
        }

        return (quorum, hysteresis);
    }

    private SchedulerFlagsConfig FlagsFor(string scheduler, IReadOnlyList<SchedulerFlagDraft> drafts)
    {
        var flags = SchedulerFlagsConfig.None;
        foreach (var (word, flag, needed) in drafts)
        {
            if (needed is null || needed == scheduler) flags |= flag;
            else diagnostics.Warning(DiagnosticCode.SchedulerFlag, word, $"{word.Text} is for lb_algo {needed}: it has no effect here");
        }

        return flags;
    }

    private bool TryResolve(Word name, VirtualServerDraft draft)
    {
        if (root.VirtualServerGroups.TryGetValue(name.Text, out var group) && group.Endpoints.Count > 0)
        {
            draft.Endpoint = group.Endpoints[0];
            draft.OtherEndpoints = group.Endpoints[1..];
            return true;
        }

        if (group is null)
            diagnostics.Error(DiagnosticCode.UnknownName, name, $"there is no virtual_server_group {Printable.Quote(name.Text)}");
        else
            diagnostics.Warning(DiagnosticCode.NoAddress, name, $"'{group.Header.Header}' has no address: it is not served");
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

    /// <summary>Weights are whole numbers, so that one of 1 has nowhere to rise from.</summary>
    private TimeSpan SlowStartOf(VirtualServerDraft draft, IReadOnlyList<RealServerConfig> servers)
    {
        if (draft.SlowStart is not var (time, word)) return TimeSpan.Zero;
        if (time > TimeSpan.Zero && servers.All(server => server.Weight <= 1))
        {
            diagnostics.Warning(DiagnosticCode.Conflict, word, "slow_start has no effect where every weight is 1 or 0",
                "write weight 100");
        }

        return time;
    }

    private bool CanFailOpen(Word word, RealServerConfig? sorryServer)
    {
        if (sorryServer is null) return true;
        diagnostics.Warning(DiagnosticCode.Conflict, word, "fail_open has no effect beside a sorry_server, which serves instead");
        return false;
    }

    private bool IsUdp(VirtualServerDraft draft)
    {
        if (draft.Protocol == IpProtocol.Udp) return true;
        diagnostics.Warning(DiagnosticCode.OpsWithoutUdp, draft.Header.Keyword, "ops is for UDP: it has no effect here");
        return false;
    }
}
