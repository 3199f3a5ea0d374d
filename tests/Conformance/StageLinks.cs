using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Conformance;

/// <summary>The links, addresses, routes and neighbours of the <see cref="Stage"/>, in two namespaces.</summary>
internal static class StageLinks
{
    private const string Ipv6 = "/proc/sys/net/ipv6/conf/all";

    /// <summary>
    /// Makes them, in as few steps as can be: in an emulated machine each command is slow. Neighbours are permanent, as nobody outside
    /// answers.
    /// </summary>
    public static void Make(NetworkNamespace director, NetworkNamespace outside)
    {
        NamespaceThread.Run(director, () =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
            foreach (var scope in (string[])["all", "default"]) File.WriteAllText($"/proc/sys/net/ipv4/conf/{scope}/rp_filter", "0");
            if (Directory.Exists(Ipv6)) File.WriteAllText($"{Ipv6}/forwarding", "1");
        });
        Batch(director, Enumerable.Range(0, Stage.Links).SelectMany(link => Link(link, outside.Name)));
        Batch(outside, Enumerable.Range(0, Stage.Links).Select(link => $"link set {Stage.NameOf(link)} up"));
        Batch(director, Addresses());
    }

    private static IEnumerable<string> Link(int link, string outside)
    {
        var (near, far) = (Stage.DeviceOf(link), Stage.NameOf(link));
        yield return $"link add {near} address {Stage.NearMac(link)} type veth " +
            $"peer name {far} address {Stage.FarMac(link)} netns {outside}";
        yield return $"link set {near} up";
    }

    private static IEnumerable<string> Addresses()
    {
        foreach (var line in Addresses(Stage.Own, 24, Stage.Vip, 32, Stage.Gateway, Stage.ServerAddress, $" src {Stage.Own}", ""))
        {
            yield return line;
        }

        if (!Directory.Exists(Ipv6)) yield break;
        foreach (var line in Addresses(Stage.Own6, 64, Stage.Vip6, 128, Stage.Gateway6, Stage.ServerAddress6, "", "nodad"))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Addresses(
        string own, int prefix, string vip, int host, string gateway, Func<int, string> server, string source, string options)
    {
        yield return $"address add {own}/{prefix} dev eth0 {options}";
        yield return $"address add {vip}/{host} dev lo {options}";
        yield return $"neighbour add {gateway} lladdr {Stage.FarMac(Stage.Client)} dev eth0";
        yield return $"route add default via {gateway}";
        for (var link = 1; link < Stage.Links; link++)
        {
            yield return $"route add {server(link)}/{host} dev {Stage.DeviceOf(link)}{source}";
            yield return $"neighbour add {server(link)} lladdr {Stage.FarMac(link)} dev {Stage.DeviceOf(link)}";
        }
    }

    private static void Batch(NetworkNamespace where, IEnumerable<string> lines) =>
        Tool.Run("sh", "-c", "printf '%s\\n' \"$2\" | ip -n \"$1\" -batch -", "batch", where.Name, string.Join('\n', lines));
}
