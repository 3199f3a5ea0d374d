namespace Director.Config;

/// <summary>Addresses.</summary>
internal static class AddressRules
{
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
    ];
}
