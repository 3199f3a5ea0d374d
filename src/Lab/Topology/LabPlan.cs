namespace Director.Lab.Topology;

/// <summary>
/// The network of one scenario: which machines there are and which addresses they have. Everything is in 192.168.80.0/24 on one bridge,
/// and the VIP is 192.168.80.130, as in the repository's <c>examples</c>; with IPv6, also in 2001:db8:80::/64.
/// </summary>
/// <param name="Name">The scenario, and the folder of its configurations under <c>examples</c>.</param>
/// <param name="Directors">Two: the one whose configuration says MASTER first.</param>
/// <param name="Servers">The web servers' machines; in the failover scenario those are the directors themselves.</param>
internal sealed record LabPlan(string Name, IReadOnlyList<LabHost> Directors, IReadOnlyList<LabHost> Servers)
{
    /// <summary>Bits of the lab's network.</summary>
    public const int PrefixLength = 24;

    /// <summary>The address that moves.</summary>
    public const string Vip = "192.168.80.130";

    /// <summary>Bits of the lab's IPv6 network.</summary>
    public const int PrefixLengthV6 = 64;

    /// <summary>The IPv6 VIP: an address of the first director's own, which stays there.</summary>
    public const string VipV6 = "2001:db8:80::130";

    /// <summary>The port of the services on them.</summary>
    public const int Port = 80;

    /// <summary>The port on which balanced servers echo UDP, at the VIP (RFC 862).</summary>
    public const int EchoPort = 7;

    /// <summary>Two machines share the VIP, each with a web server of its own; nothing is balanced.</summary>
    public static LabPlan Failover { get; } = SelfServing("failover", new("d1", "192.168.80.128"), new("d2", "192.168.80.129"));

    /// <summary>Two directors balance the VIP over two real servers by direct routing.</summary>
    public static LabPlan Balance { get; } = new("balance",
        [new("d1", "192.168.80.132"), new("d2", "192.168.80.135")],
        [new("rs1", "192.168.80.133"), new("rs2", "192.168.80.134")]);

    /// <summary>The same with IPv6 beside IPv4, and a service of its own for it (<c>ipv6.conf</c>).</summary>
    public static LabPlan BalanceDual { get; } = Balance with { HasIpv6 = true };

    /// <summary>Whether the machines have IPv6.</summary>
    public bool HasIpv6 { get; init; }

    /// <summary>The client's machine: one namespace with all the addresses below.</summary>
    public LabHost Client { get; } = new("client", "192.168.80.10");

    /// <summary>Addresses that ask all the time, to see outages.</summary>
    public IReadOnlyList<string> SteadyClients { get; } = Addresses(10, 4);

    /// <summary>Addresses of users that come early and are held to a server by persistence.</summary>
    public IReadOnlyList<string> Users { get; } = Addresses(20, 8);

    /// <summary>Addresses of users that come late: nothing is known about them.</summary>
    public IReadOnlyList<string> Newcomers { get; } = Addresses(40, 8);

    /// <summary>The users' IPv6 addresses, in a plan with IPv6.</summary>
    public IReadOnlyList<string> UsersV6 => [.. Users.Select(BesideV4)];

    /// <summary>Whether the web servers are machines of their own, which then hold the VIP silently (direct routing).</summary>
    public bool Balanced => Servers.All(server => !Directors.Contains(server));

    /// <summary>The lab's IPv6 address of the same last digits as an IPv4 address of it.</summary>
    internal static string BesideV4(string address) => "2001:db8:80::" + address[(address.LastIndexOf('.') + 1)..];

    private static LabPlan SelfServing(string name, params LabHost[] directors) => new(name, directors, directors);

    private static IReadOnlyList<string> Addresses(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => $"192.168.80.{n}")];
}
