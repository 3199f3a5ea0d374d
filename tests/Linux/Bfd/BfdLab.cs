using Director.Bfd;
using Director.Lab.Namespaces;
using Director.Net;

namespace Director.Tests.Linux.Bfd;

/// <summary>Two machines, a and b, joined by one wire or by a router.</summary>
internal sealed class BfdLab : IDisposable
{
    private readonly NamespaceSet _set = new();

    public BfdLab(bool isRouted = false)
    {
        (A, B) = (_set.Create("a", ipv6: true), _set.Create("b", ipv6: true));
        if (!isRouted)
        {
            Veth.Connect(A, "e0", B, "e0");
            Address(A, "192.168.80.128/24", "fd80::128/64");
            Address(B, "192.168.80.129/24", "fd80::129/64");
            return;
        }

        var router = _set.Create("r", ipv6: true);
        Veth.Connect(A, "e0", router, "ea");
        Veth.Connect(B, "e0", router, "eb");
        Address(A, "192.168.80.128/25", "fd80:0:0:1::128/64");
        Address(B, "192.168.80.1/25", "fd80:0:0:2::129/64");
        Address(router, "192.168.80.129/25", "fd80:0:0:1::1/64", "ea");
        Address(router, "192.168.80.2/25", "fd80:0:0:2::1/64", "eb");
        router.Sysctl("net.ipv6.conf.all.forwarding", "1");
        A.Ip("route", "add", "fd80:0:0:2::/64", "via", "fd80:0:0:1::1");
        B.Ip("route", "add", "fd80:0:0:1::/64", "via", "fd80:0:0:2::1");
        router.Sysctl("net.ipv4.ip_forward", "1");
        A.Ip("route", "add", "192.168.80.0/25", "via", "192.168.80.129");
        B.Ip("route", "add", "192.168.80.128/25", "via", "192.168.80.2");
    }

    public NetworkNamespace A { get; }

    public NetworkNamespace B { get; }

    /// <summary>A's session with B on one wire.</summary>
    public static BfdSettings AtA { get; } = new()
    {
        Name = "b",
        Neighbor = IpAddress128.Parse("192.168.80.129"),
        Source = IpAddress128.Parse("192.168.80.128"),
        MinRx = TimeSpan.FromMilliseconds(60),
        MinTx = TimeSpan.FromMilliseconds(70),
        DetectMultiplier = 4,
    };

    /// <summary>B's session with A.</summary>
    public static BfdSettings AtB { get; } = AtA with
    {
        Name = "a",
        Neighbor = IpAddress128.Parse("192.168.80.128"),
        Source = null,
        MinRx = TimeSpan.FromMilliseconds(50),
        MinTx = TimeSpan.FromMilliseconds(40),
        DetectMultiplier = 3,
    };

    public static BfdSettings V6(BfdSettings settings) => settings with
    {
        Neighbor = Mapped(settings.Neighbor),
        Source = settings.Source is { } source ? Mapped(source) : null,
    };

    public void Dispose() => _set.Dispose();

    private static IpAddress128 Mapped(IpAddress128 address) => IpAddress128.Parse($"fd80::{address.V4 & 0xff}");

    private static void Address(NetworkNamespace where, string v4, string v6, string link = "e0")
    {
        where.AddAddress(link, v4);
        where.Ip("address", "add", v6, "dev", link, "nodad");
    }
}
