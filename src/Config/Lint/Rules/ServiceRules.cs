using Director.Net;

namespace Director.Config;

/// <summary>Virtual servers and the pools behind them.</summary>
internal static class ServiceRules
{
    private static readonly string One = Samples.Server("192.0.2.21 80", "");

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.DuplicateVirtualServer, Severity.Error, "Two virtual servers have one address, port and protocol.",
            "keepalived takes both and forwards to whichever it has set up last.",
            "put the real servers into one block, or change the port or the protocol")
        {
            Example = Samples.Service("") + Samples.Mark(Samples.Service(""), "virtual_server"),
            Corrected = Samples.Service("") + Samples.Service("").Replace(".10 80", ".10 81", StringComparison.Ordinal),
        },
        new(DiagnosticCode.DuplicateRealServer, Severity.Warning, "Two real servers of a virtual server are one.",
            "The second is ignored, with its weight and its checks.",
            "remove it, or mend its address or port")
        {
            Example = Samples.Service("192.0.2.10 80", One + "\n    " + Samples.Mark(One, "real_server")),
            Corrected = Samples.Service("192.0.2.10 80", One + "\n    " + Samples.Server("192.0.2.22 80", "")),
        },
        new(DiagnosticCode.NoRealServer, Severity.Warning, "A virtual server has no real server.",
            "It is left out: clients are refused.",
            "add a real_server, or remove the block")
        {
            Example = Samples.Mark(Samples.Service("192.0.2.10 80", ""), "virtual_server"),
            Corrected = Samples.Service(""),
        },
        new(DiagnosticCode.PortIgnored, Severity.Warning, "The forwarding method cannot reach that port of the real server.",
            "With DR and TUN a packet comes to the server as the client has sent it, port included: the server must listen on the port of "
            + "the virtual server, whatever is written here. A virtual server for all ports keeps each port, too.",
            "write the port of the virtual server, or lb_kind NAT")
        {
            Example = Samples.Service(One.Replace(".21 80", ".22 «8080»", StringComparison.Ordinal))
                .Replace("NAT", "DR", StringComparison.Ordinal),
            Corrected = Samples.Service(One.Replace(".21 80", ".22 8080", StringComparison.Ordinal)),
        },
        new(DiagnosticCode.AllPortsPersistence, Severity.Warning, "A virtual server for all ports has persistence, written or not.",
            "Without, the connections of one client would go to servers that do not know of each other. 360 seconds are used.",
            "write persistence_timeout, or a port")
        {
            Example = Samples.Service("«192.0.2.10»", "real_server 192.0.2.21 {\n    }"),
            Corrected = Samples.Service("192.0.2.10", "persistence_timeout 360\n    real_server 192.0.2.21 {\n    }"),
        },
        new(DiagnosticCode.PersistenceZero, Severity.Warning, "persistence_timeout 0 is no time to persist for.",
            "keepalived calls it out of range and goes on without persistence, as the director does.",
            "remove the line for no persistence, or write 1 to 2678400 seconds")
        {
            Example = Samples.Service("persistence_timeout «0»"),
            Corrected = Samples.Service("persistence_timeout 50"),
        },
        new(DiagnosticCode.QuorumUnreachable, Severity.Warning, "The quorum is above the weights of all real servers together.",
            "It could never be reached, so it is lowered to their sum; then each server that fails loses it.",
            "lower it, or raise the weights")
        {
            Example = Samples.Service("quorum «3»"),
            Corrected = Samples.Service("quorum 1"),
        },
        new(DiagnosticCode.HysteresisTooHigh, Severity.Warning, "The hysteresis is not below the quorum.",
            "The quorum could never be lost, so the hysteresis is lowered.",
            "write a hysteresis below the quorum")
        {
            Example = Samples.Service("quorum 1\n    hysteresis «1»"),
            Corrected = Samples.Service("quorum 1\n    hysteresis 0"),
        },
        new(DiagnosticCode.SchedulerFlag, Severity.Warning, "The flag is of another scheduler.",
            "It does nothing: with sh-port and lb_algo rr, a client's port changes nothing.",
            "write the lb_algo that it is for, or remove it")
        {
            Example = Samples.Service("«sh-port»"),
            Corrected = Samples.Service("").Replace("lb_algo rr", "lb_algo sh\n    sh-port", StringComparison.Ordinal),
        },
        new(DiagnosticCode.OpsWithoutUdp, Severity.Warning, "One-packet scheduling is for UDP.",
            "The packets of one TCP connection cannot go to several servers; ops does nothing here.",
            "remove ops, or write protocol UDP")
        {
            Example = Samples.Mark(Samples.Service("ops"), "virtual_server"),
            Corrected = Samples.Service("ops").Replace("protocol TCP", "protocol UDP", StringComparison.Ordinal),
        },
        new(DiagnosticCode.ThresholdOrder, Severity.Error, "The lower connection threshold is above the upper one.",
            "The kernel refuses such a server, and keepalived leaves it out.",
            "write an lthreshold below uthreshold")
        {
            Example = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 80", "uthreshold 5\n        lthreshold «6»")),
            Corrected = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 80", "uthreshold 6\n        lthreshold 5")),
        },
        new(DiagnosticCode.ServiceWithoutVip, Severity.Warning, "No virtual router brings the address of a virtual server here.",
            "Unless a route or another program does, no client's packet arrives: the address is in no virtual_ipaddress, "
            + "virtual_ipaddress_excluded or static_ipaddress of the file.",
            "add the address to a vrrp_instance, or mend it")
        {
            Example = Samples.Instance("") + Samples.Service("«192.0.2.11» 80", One),
            Corrected = Samples.Instance("") + Samples.Service("192.0.2.10 80", One),
            Check = FindWithoutVip,
        },
        new(DiagnosticCode.VipWithoutService, Severity.Hint, "A virtual address that no virtual server is for, among others that are.",
            "The master answers for it, but nothing is forwarded.",
            "add a virtual_server, or mend the address; ignore this if the host itself serves there")
        {
            Example = Samples.Instance("virtual_ipaddress_excluded {\n        «192.0.2.12»\n    }") + Samples.Service(""),
            Corrected = Samples.Instance("") + Samples.Service(""),
            Check = FindVipWithoutService,
        },
        new(DiagnosticCode.RealServerIsVip, Severity.Warning, "A real server has a virtual address.",
            "What is forwarded there comes back to the director, or to whoever is master.",
            "write the server's own address")
        {
            Example = Samples.Service("192.0.2.10 80", Samples.Server("«192.0.2.10» 8080", "")),
            Corrected = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 8080", "")),
            Check = FindRealServersThatAreVips,
        },
        new(DiagnosticCode.NoWeight, Severity.Warning, "All real servers of a virtual server have weight 0.",
            "A server of weight 0 takes no new connection and counts for no quorum: every client is refused.",
            "give one of them a weight")
        {
            Example = Samples.Mark(Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 80", "weight 0")), "192.0.2.10"),
            Corrected = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.21 80", "weight 1")),
            Check = context =>
                from service in context.Config.VirtualServers
                where service.RealServers.All(server => server.Weight == 0)
                select context.About(DiagnosticCode.NoWeight, service.Location, null, "no real server has a weight: no client is served",
                    null, service.RealServers.Take(1).Select(server => new RelatedPlace(server.Location, 0, "weight 0")).ToArray()),
        },
        new(DiagnosticCode.NatSameSubnet, Severity.Hint, "A masqueraded server is in the network of the virtual address.",
            "A client in that network gets the server's answer from the server itself, with an address that it did not ask, and drops "
            + "it. Clients elsewhere are served if the servers' default gateway is the director.",
            "put the servers into a network of their own, or write lb_kind DR")
        {
            Example = Samples.Instance("") + Samples.Service("192.0.2.10 80", Samples.Mark(One, "192.0.2.21")),
            Corrected = Samples.Instance("") + Samples.Service("192.0.2.10 80", Samples.Server("198.51.100.21 80", "")),
            Check = FindNatInSubnet,
        },
        new(DiagnosticCode.FlagBeforeScheduler, Severity.Hint, "keepalived ignores this flag where it stands.",
            "There it counts only below lb_algo sh or mh. The director takes it anywhere, so the two would schedule differently.",
            "move it below lb_algo")
        {
            Example = Samples.Service("").Replace("lb_algo rr", "«sh-port»\n    lb_algo sh", StringComparison.Ordinal),
            Corrected = Samples.Service("").Replace("lb_algo rr", "lb_algo sh\n    sh-port", StringComparison.Ordinal),
            Check = FindEarlyFlags,
        },
        new(DiagnosticCode.LongPersistence, Severity.Hint, "Clients stay with their server for more than a day.",
            "A server that was down gets hardly anybody back, and an office behind one address is on one server.",
            "write the time that a session lasts")
        {
            Example = Samples.Service("persistence_timeout «604800»"),
            Corrected = Samples.Service("persistence_timeout 3600"),
            Check = context =>
                from service in context.Config.VirtualServers
                let persistence = service.PersistenceTimeout ?? TimeSpan.Zero
                where persistence > LongestSensible
                select context.About(DiagnosticCode.LongPersistence, service.Location, "persistence_timeout",
                    $"clients stay with their server for {persistence.TotalDays:0.#} days"),
        },
        new(DiagnosticCode.UnusedGroup, Severity.Warning, "No virtual server is for this virtual_server_group.",
            "Its addresses are not served.",
            "write virtual_server group NAME, or remove it")
        {
            Example = "virtual_server_group «web» {\n    192.0.2.10 80\n}\n",
            Corrected = "virtual_server_group web {\n    192.0.2.10 80\n}\n" + Samples.Service("group web", One),
            Check = FindUnusedGroups,
        },
    ];

    private static readonly TimeSpan LongestSensible = TimeSpan.FromDays(1);

    private static IEnumerable<Diagnostic> FindWithoutVip(LintContext context)
    {
        var config = context.Config;
        if (config.VrrpInstances.Count == 0) yield break;
        var held = config.VrrpInstances.SelectMany(instance => instance.AllAddresses()).Concat(config.Host.Addresses)
            .Select(address => address.Address).ToHashSet();
        foreach (var service in config.VirtualServers)
        {
            var address = service.Keys.Select(key => key.Virtual.Address).FirstOrDefault(address => !held.Contains(address));
            if (address == default) continue;
            yield return context.About(DiagnosticCode.ServiceWithoutVip, service.Location, null,
                $"no virtual router of this file brings {address} here");
        }
    }

    private static IEnumerable<Diagnostic> FindVipWithoutService(LintContext context)
    {
        var served = context.Config.VirtualServers.SelectMany(service => service.Keys).Select(key => key.Virtual.Address).ToHashSet();
        return from instance in context.Config.VrrpInstances
               let addresses = instance.AllAddresses().ToList()
               where addresses.Exists(address => served.Contains(address.Address))
               from address in addresses
               where !served.Contains(address.Address)
               select context.Say(DiagnosticCode.VipWithoutService, address.Location, $"no virtual server is for {address.Address}");
    }

    private static IEnumerable<Diagnostic> FindRealServersThatAreVips(LintContext context)
    {
        var addresses = context.Config.VrrpInstances.SelectMany(instance => instance.AllAddresses());
        var vips = addresses.Select(address => address.Address).ToHashSet();
        return from service in context.Config.VirtualServers
               from server in service.RealServers
               let address = server.Endpoint.Address
               where vips.Contains(address) || service.Keys.Any(key => key.Virtual.Address == address)
               select context.About(DiagnosticCode.RealServerIsVip, server.Location, null, $"{address} is a virtual address");
    }

    private static IEnumerable<Diagnostic> FindNatInSubnet(LintContext context)
    {
        var vips = new Dictionary<IpAddress128, VirtualAddressConfig>();
        foreach (var address in context.Config.VrrpInstances.SelectMany(instance => instance.AllAddresses()))
            vips.TryAdd(address.Address, address);
        foreach (var service in context.Config.VirtualServers)
        {
            if (!vips.TryGetValue(service.Key.Virtual.Address, out var vip)) continue;
            var near = service.RealServers.FirstOrDefault(server =>
                server.Method == ForwardingMethodConfig.Nat && server.Endpoint.Address.IsV4 == vip.Address.IsV4
                && server.Endpoint.Address != vip.Address
                && server.Endpoint.Address.Network(vip.PrefixLength) == vip.Address.Network(vip.PrefixLength));
            if (near is null) continue;
            yield return context.About(DiagnosticCode.NatSameSubnet, near.Location, null,
                $"{near.Endpoint.Address} is in the network of {vip.Address}/{vip.PrefixLength}: it answers clients there itself", null,
                new RelatedPlace(vip.Location, 0, "the virtual address"));
        }
    }

    private static IEnumerable<Diagnostic> FindEarlyFlags(LintContext context)
    {
        foreach (var service in context.Root.Where(statement => statement is { Keyword.Text: "virtual_server", Block: not null }))
        {
            var isLate = false;
            foreach (var statement in service.Block!.Statements)
            {
                var keyword = statement.Keyword.Text;
                isLate |= keyword is "lb_algo" or "lvs_sched";
                if (isLate || keyword is not ("sh-port" or "sh-fallback" or "mh-port" or "mh-fallback")) continue;
                if (context.Config.VirtualServers.FirstOrDefault(config => config.Location == service.Keyword.Location) is not { } config
                    || !keyword.StartsWith(config.Scheduler, StringComparison.Ordinal)) continue;
                yield return LintContext.Say(DiagnosticCode.FlagBeforeScheduler, statement.Keyword,
                    $"keepalived ignores '{keyword}' above lb_algo");
            }
        }
    }

    private static IEnumerable<Diagnostic> FindUnusedGroups(LintContext context)
    {
        var used = context.Root.Where(statement => statement is { Keyword.Text: "virtual_server", Words: [_, { Text: "group" }, _, ..] })
            .Select(statement => statement.Words[2].Text).ToHashSet(StringComparer.Ordinal);
        return from statement in context.Root
               where statement is { Keyword.Text: "virtual_server_group", Words.Count: > 1 } && !used.Contains(statement.Words[1].Text)
               select LintContext.Say(DiagnosticCode.UnusedGroup, statement.Words[1],
                   $"no virtual_server is for the group {Printable.Quote(statement.Words[1].Text)}");
    }
}
