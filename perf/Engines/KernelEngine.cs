using System.Globalization;
using Director.Lab.Namespaces;
using Director.Perf.Measurement;
using Director.Perf.Topology;

namespace Director.Perf.Engines;

/// <summary>What the kernel does by itself once it is told to: nothing, IPVS, forwarding, or the rules of nftables.</summary>
internal sealed class KernelEngine : IEngine
{
    private KernelEngine()
    {
    }

    /// <inheritdoc/>
    public string? Trouble => null;

    /// <summary>Nothing: frames end where they come in (<see cref="SinkKind.Entry"/>).</summary>
    public static IEngine Drop(PerfNet net, PerfOptions options, Cell cell) => new KernelEngine();

    /// <summary>Why IPVS cannot run.</summary>
    public static string? MissingIpvs(PerfOptions options) =>
        !File.Exists("/proc/net/ip_vs") ? "this kernel has no IPVS, or has not loaded it: ./dev perf --ipvs boots one that has"
        : Tool.TryRun("sh", "-c", "command -v ipvsadm").ExitCode != 0 ? "ipvsadm is not here (apt-get install ipvsadm)"
        : null;

    /// <summary>IPVS as the director has it: one service by wlc, direct routing, the VIP an address of the machine's own.</summary>
    public static IEngine Ipvs(PerfNet net, PerfOptions options, Cell cell)
    {
        net.Engine.AddAddress(PerfNet.In, $"{PerfNet.Service.Address}/32");
        var service = $"-t {PerfNet.Service.Address}:{PerfNet.Service.Port}";
        var rules = PerfNet.ServerAddresses.Select(server => $"-a {service} -r {server}:{PerfNet.Service.Port} -g -w 1")
            .Prepend($"-A {service} -s wlc");
        var file = Path.Combine(net.Directory, "rules.ipvs");
        File.WriteAllLines(file, rules);
        net.Engine.Run("sh", "-c", "exec ipvsadm -R < \"$1\"", "ipvsadm", file);
        return new KernelEngine();
    }

    /// <summary>A router: the service's address is a route to the first server, whose MAC address is known.</summary>
    public static IEngine Forward(PerfNet net, PerfOptions options, Cell cell)
    {
        net.Engine.Ip("route", "add", PerfNet.Service.Address.ToString(), "via", PerfNet.ServerAddresses.First());
        net.Engine.Sysctl("net.ipv4.ip_forward", "1");
        return new KernelEngine();
    }

    /// <summary>
    /// Direct routing by rules at the device's entry, the way nftlb writes them: a hash of the client chooses a server's MAC address, and
    /// the frame leaves by the other device (nft(8), <c>fwd to</c>). Stateless, and the TTL stays.
    /// </summary>
    public static IEngine Nftables(PerfNet net, PerfOptions options, Cell cell)
    {
        var servers = string.Join(", ", Enumerable.Range(0, PerfNet.Servers)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{number} : {PerfNet.ServerMac}")));
        var service = $"ip daddr {PerfNet.Service.Address} tcp dport {PerfNet.Service.Port}";
        var server = $"jhash ip saddr . tcp sport mod {PerfNet.Servers} map {{ {servers} }}";
        var rules = $$"""
            table netdev perf {
              chain ingress {
                type filter hook ingress device "{{PerfNet.In}}" priority 0; policy accept;
                {{service}} ether saddr set {{PerfNet.OutMac}} ether daddr set {{server}} fwd to "{{PerfNet.Out}}"
              }
            }

            """;
        var file = Path.Combine(net.Directory, "rules.nft");
        File.WriteAllText(file, rules);
        net.Engine.Run("nft", "-f", file);
        return new KernelEngine();
    }

    /// <summary>Nothing to end: it goes with its namespace.</summary>
    public void Dispose()
    {
    }
}
