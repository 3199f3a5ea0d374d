using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// Fills in the defaults of the servers of one <c>virtual_server</c> and checks them against it and each other, as keepalived's
/// check_data.c does.
/// </summary>
internal sealed class RealServerCompletion(GlobalDraft globals, VirtualServerDraft service, DiagnosticSink diagnostics)
{
    private const int DefaultWeight = 1;

    /// <summary>keepalived/check/check_data.c, <c>alloc_ssvr</c>.</summary>
    private const int SorryServerWeight = 1;

    /// <summary>The ports of the service: several of a group.</summary>
    private readonly List<ushort> _ports = [.. service.Endpoints.Select(endpoint => endpoint.Port).Distinct()];

    /// <summary>The real servers that can be used, in order.</summary>
    public List<RealServerConfig> RealServers()
    {
        var byAddress = new Dictionary<IpAddress128, List<RealServerConfig>>();
        List<RealServerConfig> servers = [];
        foreach (var draft in service.RealServers)
        {
            if (Complete(draft) is not { } server) continue;
            if (!byAddress.TryGetValue(server.Endpoint.Address, out var others)) byAddress.Add(server.Endpoint.Address, others = []);
            if (others.Find(other => AreTwins(other, server)) is { } twin)
            {
                diagnostics.Warning(DiagnosticCode.DuplicateRealServer, draft.Header.Keyword,
                    $"real server {server.Endpoint} stands at {twin.Location} already; this one is ignored",
                    related: RelatedPlace.First(twin.Location));
                continue;
            }

            others.Add(server);
            servers.Add(server);
        }

        return servers;
    }

    /// <summary>The sorry server, if there is one that can be used. It may be one of the real servers.</summary>
    public RealServerConfig? SorryServer(IReadOnlyList<RealServerConfig> servers)
    {
        var draft = service.SorryServer;
        if (draft.Address is not var (address, word))
        {
            foreach (var option in draft.Options)
                diagnostics.Warning(DiagnosticCode.Conflict, option, $"'{option.Text}' has no effect without sorry_server");
            return null;
        }

        var method = draft.Method ?? service.Method;
        if (!IsOfFamily(address, word, method, "sorry server")) return null;
        if (draft.Port is var (written, portWord)) CheckPort(written, portWord, method);
        if (draft.IsMethodUnsupported) return null;
        // Of one that is masqueraded keepalived leaves the port open, so each packet keeps the one that it came for.
        var port = method == ForwardingMethodConfig.Nat ? (ushort)(draft.Port?.Value ?? 0) : service.Endpoint.Port;
        var server = new RealServerConfig(new(address, port), SorryServerWeight, draft.Inhibit, [], word.Location) { Method = method };
        var twins = servers.Where(other => AreTwins(other, server)).ToList();
        if (twins.Find(other => other.Endpoint != server.Endpoint) is { } other)
        {
            diagnostics.Error(DiagnosticCode.Duplicate, word, $"for one port of the group this is the real server of {other.Location}",
                related: new(other.Location, 0, "the real server"));
            return null;
        }

        if (twins is not [var twin] || twin.InhibitOnFailure == server.InhibitOnFailure) return server;
        diagnostics.Warning(DiagnosticCode.Conflict, word,
            $"this is the real server of {twin.Location}, whose inhibit_on_failure is the sorry server's too",
            related: new(twin.Location, 0, "the real server"));
        return server with { InhibitOnFailure = twin.InhibitOnFailure };
    }

    private RealServerConfig? Complete(RealServerDraft draft)
    {
        var method = draft.Method ?? service.Method;
        if (!IsOfFamily(draft.Address, draft.Header.Words[1], method, "real server")) return null;
        if (draft.Port is { } port) CheckPort(port, draft.Header.Words[2], method);
        var checks = new CheckCompletion(globals, service, draft, diagnostics).Complete();
        if (draft.IsMethodUnsupported) return null;
        if (draft.LowerThreshold > draft.UpperThreshold)
        {
            // keepalived passes it on, and the kernel refuses the server (ip_vs_ctl.c, ERANGE).
            diagnostics.Error(DiagnosticCode.ThresholdOrder, draft.LowerThresholdWord!,
                $"lthreshold {draft.LowerThreshold} is above uthreshold {draft.UpperThreshold}",
                draft.UpperThreshold == 0 ? "add uthreshold" : null);
        }

        return new(new(draft.Address, PortOf(draft.Port, method)), draft.Weight ?? service.Weight ?? DefaultWeight,
            draft.InhibitOnFailure ?? service.InhibitOnFailure, checks, draft.Header.Keyword.Location)
        {
            Method = method,
            UpperThreshold = draft.UpperThreshold,
            LowerThreshold = draft.LowerThreshold,
            Notify = draft.Notify.Complete(globals.Notify, mails: true),
        };
    }

    /// <summary>Whether packets of some port of the service would go to one place with either.</summary>
    private bool AreTwins(RealServerConfig one, RealServerConfig other) =>
        one.Endpoint.Address == other.Endpoint.Address && _ports.Exists(port => one.EndpointAt(port) == other.EndpointAt(port));

    private bool IsOfFamily(IpAddress128 address, Word word, ForwardingMethodConfig method, string what)
    {
        if (method == ForwardingMethodConfig.Tunnel || address.IsV4 == service.Endpoint.Address.IsV4) return true;
        diagnostics.Warning(DiagnosticCode.FamilyMismatch, word,
            $"{address} is not of the family of {service.Endpoint.Address}: the {what} is not used");
        return false;
    }

    /// <summary>A real server's port as <see cref="RealServerConfig.Endpoint"/> has it.</summary>
    private ushort PortOf(int? written, ForwardingMethodConfig method) =>
        method != ForwardingMethodConfig.Nat ? service.Endpoint.Port
        : written is { } port ? (ushort)port
        // keepalived leaves it open, so each packet keeps the port of the group that it came for.
        : service.Group is null ? service.Endpoint.Port : (ushort)0;

    private void CheckPort(int written, Word word, ForwardingMethodConfig method)
    {
        var port = service.Endpoint.Port;
        if (method == ForwardingMethodConfig.Nat && (port != 0 || service.Group is not null)) return;
        if (_ports.TrueForAll(one => one == written)) return;
        var what = service.Group is not null || port == 0 ? "the port that the client asked for" : $"port {port} of the virtual server";
        var how = method switch
        {
            ForwardingMethodConfig.Tunnel => "a tunnel",
            ForwardingMethodConfig.DirectRouting => "direct routing",
            _ => "a virtual server for all ports",
        };
        diagnostics.Warning(DiagnosticCode.PortIgnored, word, $"{how} cannot change the port: {what} is used");
    }
}
