using System.Globalization;
using System.Text;
using Director.Lab.Namespaces;

namespace Director.Perf.Routers.Peers;

/// <summary>
/// FRR: zebra, and its vrrpd beside it. It takes its virtual addresses from a macvlan that bears the virtual MAC address and was there
/// before (https://docs.frrouting.org/en/stable-8.4/vrrp.html), and that it holds down while it is backup.
/// </summary>
internal sealed class FrrPeer(NetworkNamespace machine, string directory) : Peer(machine, directory)
{
    private const string Programs = "/usr/lib/frr";
    private NamespaceProcess? _zebra;

    /// <inheritdoc/>
    public override string Name => "FRR";

    /// <summary>Why it cannot be had; null if it can.</summary>
    public static string? Missing => File.Exists($"{Programs}/vrrpd") ? null : "FRR is not installed (apt-get install frr)";

    /// <summary>The macvlan of a virtual router.</summary>
    public static string DeviceOf(RouterPlan router) =>
        string.Create(CultureInfo.InvariantCulture, $"vrrp{(router.IsIpv6 ? 6 : 4)}-{router.Id}");

    /// <inheritdoc/>
    public override int? RouterProcess() => IsRunning ? ProcessId : null;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _zebra?.Dispose();
    }

    /// <inheritdoc/>
    protected override NamespaceProcess Launch(PeerPlan plan)
    {
        foreach (var router in plan.Routers) AddDevice(router);
        var configuration = Path.Combine(Directory, "vrrpd.conf");
        File.WriteAllText(configuration, TextOf(plan));
        File.WriteAllText(Path.Combine(Directory, "zebra.conf"), "");
        Tool.Run("chmod", "-R", "a+rwX", Directory);
        _zebra?.Dispose();
        _zebra = Machine.Start([$"{Programs}/zebra", .. Arguments("zebra")]);
        return Machine.Start(["chrt", "-r", "50", $"{Programs}/vrrpd", .. Arguments("vrrpd")]);
    }

    private string[] Arguments(string program) =>
    [
        "-u", "frr", "-g", "frr", "-f", Path.Combine(Directory, program + ".conf"), "-z", Path.Combine(Directory, "zserv"),
        "--vty_socket", Directory, "-i", Path.Combine(Directory, program + ".pid"), "-P", "0", "--log", "stdout",
    ];

    private void AddDevice(RouterPlan router)
    {
        var device = DeviceOf(router);
        if (Tool.TryRun("ip", "-n", Machine.Name, "link", "show", device).ExitCode == 0) return;
        // The virtual router's own, RFC 9568 §7.3.
        var mac = FormattableString.Invariant($"00:00:5e:00:{(router.IsIpv6 ? 2 : 1):x2}:{router.Id:x2}");
        Machine.Ip("link", "add", device, "link", router.Device, "address", mac, "type", "macvlan", "mode", "bridge");
        var length = router.IsIpv6 ? "/64" : "/24";
        foreach (var address in router.Addresses) Machine.AddAddress(device, address.Split('/')[0] + length);
        Machine.Ip("link", "set", device, "up");
    }

    private static string TextOf(PeerPlan plan)
    {
        var text = new StringBuilder();
        foreach (var router in plan.Routers)
        {
            var head = string.Create(CultureInfo.InvariantCulture, $" vrrp {router.Id}");
            text.AppendLine($"interface {router.Device}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{head} version {router.Version}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{head} priority {router.Priority}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{head} advertisement-interval {router.Interval.TotalMilliseconds:0}");
            foreach (var address in router.Addresses)
                text.AppendLine(CultureInfo.InvariantCulture, $"{head} {(router.IsIpv6 ? "ipv6" : "ip")} {address.Split('/')[0]}");
            text.AppendLine("exit");
        }

        return text.ToString();
    }
}
