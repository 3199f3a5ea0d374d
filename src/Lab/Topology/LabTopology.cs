using System.Globalization;
using Director.Lab.Namespaces;

namespace Director.Lab.Topology;

/// <summary>
/// The namespaces of a <see cref="LabPlan"/>, wired to one bridge. The network is complete but quiet: nothing runs in it yet.
/// The real servers hold the VIP on <c>lo</c> and keep silent about it in ARP (<c>arp_ignore=1</c>, <c>arp_announce=2</c>), as direct
/// routing needs (Linux Documentation/networking/ip-sysctl.rst).
/// </summary>
internal sealed class LabTopology
{
    private const string Link = "eth0";
    private readonly Dictionary<string, NetworkNamespace> _byRole = [];

    /// <summary>Builds <paramref name="plan"/> out of namespaces of <paramref name="set"/>, which owns them.</summary>
    public LabTopology(LabPlan plan, NamespaceSet set)
    {
        Plan = plan;
        Switch = set.Create("sw");
        var bridge = new Bridge(Switch);
        foreach (var host in plan.Directors.Concat(plan.Servers).Distinct().Append(plan.Client))
            _byRole[host.Role] = Attach(plan, host, set, bridge);
        var clients = plan.SteadyClients.Concat(plan.Users).Concat(plan.Newcomers);
        foreach (var address in clients.Where(address => address != plan.Client.Address))
            Client.AddAddress(Link, WithPrefix(address));
        if (plan.HasIpv6) AddIpv6();
        if (!plan.Balanced) return;
        foreach (var server in plan.Servers) HoldVipSilently(this[server.Role]);
    }

    /// <summary>What was built.</summary>
    public LabPlan Plan { get; }

    /// <summary>The namespace of the bridge.</summary>
    public NetworkNamespace Switch { get; }

    /// <summary>The client's namespace.</summary>
    public NetworkNamespace Client => this[Plan.Client.Role];

    /// <summary>The namespace of a machine.</summary>
    public NetworkNamespace this[string role] => _byRole[role];

    /// <summary>Whether the VIP is an address of a machine's <c>eth0</c> now.</summary>
    public bool HasVip(string role) =>
        this[role].Ip("-4", "-o", "address", "show", "dev", Link, "to", LabPlan.Vip).Length > 0;

    private static NetworkNamespace Attach(LabPlan plan, LabHost host, NamespaceSet set, Bridge bridge)
    {
        var made = set.Create(host.Role, plan.HasIpv6);
        made.Sysctl("net.ipv4.conf.all.rp_filter", "0");
        made.Sysctl("net.ipv4.conf.default.rp_filter", "0");
        bridge.Attach(made, Link, host.Mac);
        made.AddAddress(Link, WithPrefix(host.Address));
        return made;
    }

    // Silence first: an address that is announced once is in the neighbours' caches.
    private static void HoldVipSilently(NetworkNamespace server)
    {
        server.Sysctl("net.ipv4.conf.all.arp_ignore", "1");
        server.Sysctl("net.ipv4.conf.all.arp_announce", "2");
        server.AddAddress("lo", LabPlan.Vip + "/32");
    }

    // The director's VIP is deprecated, so that no connection of its own, such as a check's, begins there. The servers are silent about
    // theirs without being told to: neighbour discovery is answered by the interface that has the address.
    private void AddIpv6()
    {
        foreach (var host in Plan.Directors.Concat(Plan.Servers).Append(Plan.Client))
            this[host.Role].AddAddress(Link, WithPrefixV6(host.AddressV6));
        foreach (var address in Plan.UsersV6) Client.AddAddress(Link, WithPrefixV6(address));
        this[Plan.Directors[0].Role].Ip("address", "add", LabPlan.VipV6 + "/128", "dev", Link, "nodad", "preferred_lft", "0");
        foreach (var server in Plan.Servers) this[server.Role].AddAddress("lo", LabPlan.VipV6 + "/128");
    }

    private static string WithPrefixV6(string address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address}/{LabPlan.PrefixLengthV6}");

    private static string WithPrefix(string address) => string.Create(CultureInfo.InvariantCulture, $"{address}/{LabPlan.PrefixLength}");
}
