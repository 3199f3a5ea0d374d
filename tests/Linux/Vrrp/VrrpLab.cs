using System.Diagnostics;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Tests.Linux.Vrrp;

/// <summary>Two machines, a and b, joined by one wire.</summary>
internal sealed class VrrpLab : IDisposable
{
    public const string Vip = "192.168.80.130";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly NamespaceSet _set = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("director-vrrp-").FullName;

    public VrrpLab(bool ipv6 = false)
    {
        (A, B) = (_set.Create("a", ipv6), _set.Create("b", ipv6));
        Veth.Connect(A, "e0", B, "e0", Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:0b"));
        A.AddAddress("e0", "192.168.80.128/24");
        B.AddAddress("e0", "192.168.80.129/24");
    }

    public NetworkNamespace A { get; }

    public NetworkNamespace B { get; }

    public static VrrpInstanceSettings Instance(byte priority) => new()
    {
        Name = "VI_1",
        Interface = "e0",
        VirtualRouterId = 201,
        Priority = priority,
        WantedState = VrrpState.Backup,
        AdvertInterval = TimeSpan.FromSeconds(1),
        Garp = Some.Garp,
        Password = VrrpPassword.FromBytes("1111"u8),
        Addresses = [new VirtualAddress(IpAddress128.Parse(Vip), 24)],
    };

    public static bool HasVip(NetworkNamespace where) =>
        where.Ip("-4", "address", "show", "to", Vip).Contains(Vip, StringComparison.Ordinal);

    /// <summary>Waits for what must come, however slow the machine is.</summary>
    public static void Await(string what, Func<bool> condition, Func<string>? picture = null)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); Thread.Sleep(10))
        {
            if (waited.Elapsed > Patience) Assert.Fail($"{what} did not come: {picture?.Invoke()}");
        }
    }

    /// <summary>Starts the real keepalived in a namespace, with the same instance.</summary>
    public NamespaceProcess StartKeepalived(NetworkNamespace where, byte priority, string state) => StartKeepalivedWith(where, $$"""
            global_defs { 
                router_id LVS_DEVEL
            }
            vrrp_instance VI_1 {
                state {{state}}
                interface e0
                virtual_router_id 201
                priority {{priority}}
                advert_int 1
                authentication {
                    auth_type PASS
                    auth_pass 1111
                }
                virtual_ipaddress {
                    {{Vip}}/24
                }
            }
            """);

    /// <summary>Starts the real keepalived in a namespace with a configuration.</summary>
    public NamespaceProcess StartKeepalivedWith(NetworkNamespace where, string configuration)
    {
        var path = Path.Combine(_folder, $"{where.Role}-{Path.GetRandomFileName()}");
        File.WriteAllText(path + ".conf", configuration);
        return where.Start("keepalived", "-P", "-n", "-l", "-D", "-f", path + ".conf", "-p", path + ".pid", "-r", path + ".vrrp.pid",
            "-c", path + ".check.pid", "-b", path + ".bfd.pid");
    }

    public void Dispose()
    {
        _set.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);
}
