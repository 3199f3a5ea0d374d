using Director.Lab.Namespaces;

namespace Director.Tests.Conformance;

/// <summary>The links, addresses, routes and neighbours of the <see cref="Stage"/>, in namespaces.</summary>
internal static class StageLinks
{
    /// <summary>Makes them. Neighbours are permanent: nobody outside answers.</summary>
    public static void Make(NetworkNamespace director, NetworkNamespace outside)
    {
        for (var link = 0; link < Stage.Links; link++)
        {
            Veth.Connect(director, Stage.DeviceOf(link), outside, Stage.NameOf(link), Stage.NearMac(link), Stage.FarMac(link));
        }

        director.Run("sh", "-ec", Script());
    }

    private static string Script()
    {
        List<string> lines =
        [
            "cd /proc/sys/net/ipv4", "echo 1 >ip_forward", "for f in conf/*/rp_filter; do echo 0 >$f; done",
            "[ ! -e /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/all/forwarding",
            $"ip address add {Stage.Own}/24 dev eth0", $"ip address add {Stage.Vip}/32 dev lo",
            $"ip neighbour add {Stage.Gateway} lladdr {Stage.FarMac(0)} dev eth0", $"ip route add default via {Stage.Gateway}",
        ];
        for (var link = 1; link < Stage.Links; link++)
        {
            var (address, mac, device) = (Stage.ServerAddress(link), Stage.FarMac(link), Stage.DeviceOf(link));
            lines.Add($"ip route add {address}/32 dev {device} src {Stage.Own}");
            lines.Add($"ip neighbour add {address} lladdr {mac} dev {device}");
        }

        lines.AddRange(
        [
            "[ -e /proc/sys/net/ipv6 ] || exit 0",
            $"ip address add {Stage.Own6}/64 dev eth0 nodad", $"ip address add {Stage.Vip6}/128 dev lo nodad",
            $"ip neighbour add {Stage.Gateway6} lladdr {Stage.FarMac(0)} dev eth0", $"ip route add default via {Stage.Gateway6}",
        ]);
        for (var link = 1; link < Stage.Links; link++)
        {
            var (address, mac, device) = (Stage.ServerAddress6(link), Stage.FarMac(link), Stage.DeviceOf(link));
            lines.Add($"ip route add {address}/128 dev {device} src {Stage.Own6}");
            lines.Add($"ip neighbour add {address} lladdr {mac} dev {device}");
        }

        return string.Join('\n', lines);
    }
}
