using Director.Net;

namespace Director.Config;

/// <summary>Addresses.</summary>
internal static class AddressRules
{
    private const int MostNetworkBits = 30;

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.DuplicateAddress, Severity.Warning, "A virtual address stands twice.",
            "In one virtual router the second is ignored. In two, both own it: when their masters are two machines, so is the address.",
            "remove one of them")
        {
            Example = Samples.Instance("virtual_ipaddress_excluded {\n        «192.0.2.10»\n    }"),
            Corrected = Samples.Instance("virtual_ipaddress_excluded {\n        192.0.2.11\n    }"),
        },
        new(DiagnosticCode.FamilyMismatch, Severity.Warning, "IPv4 and IPv6 are mixed where they cannot be.",
            "A packet of one family is not forwarded as one of the other, except through a tunnel, and an advert lists addresses of one. "
            + "What does not fit is left out.",
            "write an address of the other family, lb_kind TUN, or a block of its own")
        {
            Example = Samples.Service(
                "192.0.2.10 80", "real_server «2001:db8::21» 80 {\n    }\n    " + Samples.Server("192.0.2.22 80", "")),
            Corrected = Samples.Service("192.0.2.10 80", Samples.Server("192.0.2.22 80", "")),
        },
        new(DiagnosticCode.UnusableAddress, Severity.Warning, "A virtual address that no host can have.",
            "It is the first or last of its network, which mean the network and everybody in it, or no address of a host at all. Nobody "
            + "reaches it.",
            "mend the address or the length of its network")
        {
            Example = Samples.Instance("virtual_ipaddress_excluded {\n        «192.0.2.255/24»\n    }"),
            Corrected = Samples.Instance("virtual_ipaddress_excluded {\n        192.0.2.254/24\n    }"),
            Check = context =>
                from instance in context.Config.VrrpInstances
                from address in instance.AllAddresses()
                let what = WhatElse(address)
                where what is not null
                select context.Say(DiagnosticCode.UnusableAddress, address.Location, $"{address.Address} is {what}"),
        },
        new(DiagnosticCode.AdvertByVirtualAddress, Severity.Warning, "Adverts are to go from or to an address that moves.",
            "A virtual address is on whoever is master: a backup cannot send from it, and what is sent to it as a peer comes to the "
            + "sender itself.",
            "name the addresses that belong to the machines")
        {
            Example = Samples.Instance("unicast_src_ip 192.0.2.1\n    unicast_peer {\n        «192.0.2.10»\n    }"),
            Corrected = Samples.Instance("unicast_src_ip 192.0.2.1\n    unicast_peer {\n        192.0.2.2\n    }"),
            Check = FindMoving,
        },
        new(DiagnosticCode.OwnAddressAsPeer, Severity.Warning, "A machine is its own unicast peer.",
            "Its adverts come back to it. Often one file was copied to both machines; then the other is not told either.",
            "name the other machines in unicast_peer, not this one")
        {
            Example = Samples.Instance("unicast_src_ip 192.0.2.1\n    unicast_peer {\n        «192.0.2.1»\n        192.0.2.2\n    }"),
            Corrected = Samples.Instance("unicast_src_ip 192.0.2.1\n    unicast_peer {\n        192.0.2.2\n    }"),
            Check = context =>
                from instance in context.Config.VrrpInstances
                let source = instance.Source ?? default
                where instance.Source is not null && instance.Wire.Peers.Any(peer => peer.Address == source)
                select AboutPeer(context, DiagnosticCode.OwnAddressAsPeer, instance, source,
                    $"{source} is this machine's own address, its unicast_src_ip"),
        },
    ];

    /// <summary>What an address is that is none of a host; null if it could be one.</summary>
    private static string? WhatElse(VirtualAddressConfig address)
    {
        var ip = address.Address;
        if (ip.IsUnspecified) return "nobody's address";
        if (ip.IsMulticast) return "a multicast address";
        if (ip.IsLoopback) return "a loopback address";
        if (!ip.IsV4 || address.PrefixLength > MostNetworkBits || address.Peer is not null) return null;
        var network = ip.Network(address.PrefixLength);
        if (ip == network) return $"the address of the network {network}/{address.PrefixLength}";
        return ip.V4 - network.V4 == uint.MaxValue >> address.PrefixLength
            ? $"the broadcast address of {network}/{address.PrefixLength}"
            : null;
    }

    private static IEnumerable<Diagnostic> FindMoving(LintContext context)
    {
        foreach (var instance in context.Config.VrrpInstances)
        {
            var own = instance.AllAddresses().Select(address => address.Address).ToHashSet();
            if (instance.Source is { } source && own.Contains(source))
            {
                var keyword = context.At(instance.Location)?.Find("unicast_src_ip") is null ? "mcast_src_ip" : "unicast_src_ip";
                yield return context.About(DiagnosticCode.AdvertByVirtualAddress, instance.Location, keyword,
                    $"{source} is a virtual address: only the master has it");
            }

            foreach (var peer in instance.Wire.Peers.Where(peer => own.Contains(peer.Address)))
            {
                yield return AboutPeer(context, DiagnosticCode.AdvertByVirtualAddress, instance, peer.Address,
                    $"{peer.Address} is a virtual address: the master would tell itself");
            }
        }
    }

    private static Diagnostic AboutPeer(
        LintContext context, string code, VrrpInstanceConfig instance, IpAddress128 address, string message)
    {
        var lines = context.At(instance.Location)?.Find("unicast_peer")?.Block?.Statements ?? [];
        var line = lines.FirstOrDefault(line => IpAddress128.TryParse(line.Keyword.Text, out var written) && written == address);
        return line is null
            ? context.About(code, instance.Location, "unicast_peer", message)
            : LintContext.Say(code, line.Keyword, message);
    }
}
