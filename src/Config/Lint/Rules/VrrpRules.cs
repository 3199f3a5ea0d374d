using System.Globalization;
using Director.Net.Wire;

namespace Director.Config;

/// <summary>Virtual routers.</summary>
internal static class VrrpRules
{
    private const string Second =
        "vrrp_instance «VI_2» {\n    interface eth0\n    virtual_router_id 51\n    virtual_ipaddress {\n        192.0.2.11\n    }\n}\n";

    private static readonly string OtherNumber = Second.Replace("51", "52", StringComparison.Ordinal)
        .Replace("«VI_2»", "VI_2", StringComparison.Ordinal);

    private static readonly string Password = "authentication {\n        auth_type PASS\n        auth_pass secret\n    }";

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.DuplicateVrid, Severity.Error, "Two virtual routers on one network have one number.",
            "Each takes the other's adverts for its own: one is never master, and switches see one MAC address for two.",
            "give one of them another virtual_router_id, on all machines; and look whether others on that network use it")
        {
            Example = Samples.Instance("") + Second,
            Corrected = Samples.Instance("") + OtherNumber,
        },
        new(DiagnosticCode.NoAddress, Severity.Warning, "A virtual router, or a group of virtual servers, has no address.",
            "It is left out: it advertises nothing and serves nobody.",
            "add an address, or remove the block")
        {
            Example = "vrrp_instance «VI_1» {\n    interface eth0\n    virtual_router_id 51\n}\n",
            Corrected = Samples.Instance(""),
        },
        new(DiagnosticCode.PasswordCut, Severity.Warning, "Only the first eight bytes of auth_pass count.",
            "An advert has room for eight. Machines whose passwords differ behind them understand each other, and the password is shorter "
            + "than it seems.",
            "shorten it to eight characters, on all machines")
        {
            Example = Samples.Instance("authentication {\n        auth_type PASS\n        auth_pass «correcthorse»\n    }"),
            Corrected = Samples.Instance(Password),
        },
        new(DiagnosticCode.AuthenticationIgnored, Severity.Warning, "Only VRRP version 2 over IPv4 has passwords.",
            "Adverts go out without, and those of strangers are taken.",
            "remove the block, or write version 2")
        {
            Example = Samples.Instance("version 3\n    " + Password.Replace("secret", "«secret»", StringComparison.Ordinal)),
            Corrected = Samples.Instance("version 3"),
        },
        new(DiagnosticCode.NopreemptIgnored, Severity.Warning, "nopreempt has no effect with state MASTER or priority 255.",
            "The machine takes over again as soon as it is back, which nopreempt was to prevent.",
            "write state BACKUP, and a priority below 255, on all machines: the higher priority decides who begins as master")
        {
            Example = Samples.Instance("state MASTER\n    priority 150\n    «nopreempt»"),
            Corrected = Samples.Instance("state BACKUP\n    priority 150\n    nopreempt"),
        },
        new(DiagnosticCode.PreemptDelayIgnored, Severity.Warning, "preempt_delay has no effect with state MASTER.",
            "The machine takes over at once after a start, before whatever the delay was to wait for is ready.",
            "write state BACKUP")
        {
            Example = Samples.Instance("state MASTER\n    priority 150\n    preempt_delay «60»"),
            Corrected = Samples.Instance("state BACKUP\n    priority 150\n    preempt_delay 60"),
            Check = context =>
                from instance in context.Config.VrrpInstances
                where !instance.Preempt && instance.PreemptDelay > TimeSpan.Zero
                select context.About(DiagnosticCode.PreemptDelayIgnored, instance.Location, "preempt_delay",
                    "'preempt_delay' has no effect with nopreempt", "remove one of them"),
        },
        new(DiagnosticCode.ImpliedOwner, Severity.Warning, "state MASTER without a priority is priority 255.",
            "Only the owner of the addresses has 255: it takes over at once, ignores what it tracks, and wins against any other machine. "
            + "Two such machines are both master.",
            "write a priority, such as 150")
        {
            Example = Samples.Instance("state «MASTER»"),
            Corrected = Samples.Instance("state MASTER\n    priority 150"),
            Check = context =>
                from instance in context.Config.VrrpInstances
                where instance is { Priority: VrrpPriority.Owner, InitialState: VrrpInitialState.Master }
                where context.At(instance.Location) is { } block && block.Find("priority") is null
                select context.About(DiagnosticCode.ImpliedOwner, instance.Location, "state",
                    "state MASTER without 'priority' means priority 255, the owner of the addresses"),
        },
        new(DiagnosticCode.MemberPriorities, Severity.Hint, "The members of a sync group have priorities of their own.",
            "Members are master together or not at all. Against a peer whose priority lies between theirs, each pulls the group its way, "
            + "and it comes and goes.",
            "give all members of the group one priority")
        {
            Example = Samples.Instance("priority 150") + Samples.Other("VI_2")
                + "vrrp_sync_group «G» {\n    group {\n        VI_1\n        VI_2\n    }\n}\n",
            Corrected = Samples.Instance("") + Samples.Other("VI_2")
                + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n}\n",
            Check = FindMemberPriorities,
        },
        new(DiagnosticCode.AdvertIntervalRounded, Severity.Warning, "This version of VRRP cannot have that interval; the nearest is used.",
            "Version 2 counts whole seconds. Machines that round otherwise drop each other's adverts, and both are master.",
            "write what is used, or version 3 on all machines")
        {
            Example = Samples.Instance("advert_int «0.5»"),
            Corrected = Samples.Instance("version 3\n    advert_int 0.5"),
        },
        new(DiagnosticCode.UnicastWithoutPeer, Severity.Warning, "Unicast is asked for, and no peer is named.",
            "Adverts go by multicast. Where that is not forwarded, as in most clouds, every machine is master.",
            "name the other machines in unicast_peer, on each of them")
        {
            Example = Samples.Instance("«unicast_src_ip» 192.0.2.1"),
            Corrected = Samples.Instance("unicast_src_ip 192.0.2.1\n    unicast_peer {\n        192.0.2.2\n    }"),
        },
        new(DiagnosticCode.SingleMember, Severity.Warning, "A sync group has one member.",
            "There is nothing to keep in step with it. Lines that name members outside 'group { }' are unknown keywords.",
            "add the other instances, or remove the group")
        {
            Example = Samples.Instance("") + "vrrp_sync_group «G» {\n    group {\n        VI_1\n    }\n}\n",
            Corrected = Samples.Instance("") + OtherNumber + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n}\n",
        },
    ];

    private static IEnumerable<Diagnostic> FindMemberPriorities(LintContext context)
    {
        foreach (var group in context.Config.SyncGroups)
        {
            var members = context.Config.VrrpInstances.Where(instance => group.Members.Contains(instance.Name))
                .DistinctBy(instance => instance.Priority).Take(2).ToList();
            if (members is not [var one, var other]) continue;
            yield return context.About(DiagnosticCode.MemberPriorities, group.Location, null, string.Create(CultureInfo.InvariantCulture,
                $"{Printable.Quote(one.Name)} has priority {one.Priority}, {Printable.Quote(other.Name)} has {other.Priority}"), null,
                new RelatedPlace(one.Location, 0, "one member"), new RelatedPlace(other.Location, 0, "another"));
        }
    }
}
