using System.Globalization;
using Director.Linux.Xdp;

namespace Director.Linux.Host;

/// <summary>Judges whether the host lets the program work: what else owns the VIPs or the interfaces, and what is not allowed.</summary>
public static class HostConflicts
{
    private const int StrictReversePath = 1;

    /// <summary>Everything that is in the way, errors first; empty if nothing is.</summary>
    /// <param name="facts">The host.</param>
    /// <param name="lockedBytes">Bytes of frame memory that will be locked (AF_XDP's UMEM).</param>
    public static IReadOnlyList<HostFinding> Find(HostFacts facts, ulong lockedBytes) =>
    [
        .. facts.Keepaliveds.Where(process => process.SharesNetwork != false).Select(OfKeepalived)
            .Concat(OfIpvs(facts.IpvsServices))
            .Concat(facts.XdpHolds.Select(OfXdp))
            .Concat(OfReversePath(facts.AllReversePathFilter))
            .Concat(OfCapabilities(facts.Capabilities))
            .Concat(OfLockedMemory(facts, lockedBytes))
            .OrderByDescending(finding => finding.Severity),
    ];

    private static HostFinding OfKeepalived(KeepalivedProcess process)
    {
        var command = process.Unit is { } unit
            ? $"systemctl disable --now {unit}"
            : string.Create(CultureInfo.InvariantCulture, $"kill {process.ProcessId}");
        return process.SharesNetwork == true
            ? new(FindingSeverity.Error, $"keepalived runs here too (process {Id(process)}): two programs own the same VIPs", command)
            : new(
                FindingSeverity.Warning, $"keepalived runs on this machine (process {Id(process)}), perhaps in this network too", command);
    }

    private static string Id(KeepalivedProcess process) => process.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<HostFinding> OfIpvs(IReadOnlyList<string> services)
    {
        if (services.Count == 0) yield break;
        yield return new(FindingSeverity.Error,
            $"kernel IPVS balances here too ({string.Join(", ", services)}): it takes what is handed to the host", "ipvsadm -C");
    }

    private static HostFinding OfXdp(XdpHold hold)
    {
        var owner = hold.Link is null ? "" : ", held by a running process";
        return new(FindingSeverity.Error, $"{hold.Interface} has another XDP program already ({hold.What}{owner})", hold.Command);
    }

    private static IEnumerable<HostFinding> OfReversePath(int value)
    {
        // 2 (loose) lets everything in that has a route back, by whatever interface, and the kernel takes the larger of this and the
        // device's (Linux Documentation/networking/ip-sysctl.rst, rp_filter).
        if (value != StrictReversePath) yield break;
        yield return new(FindingSeverity.Warning,
            "net.ipv4.conf.all.rp_filter=1: the host drops what is handed to it, so a client with a lost connection gets no RST, "
            + "and what a masqueraded server sends on no connection is not routed",
            "sysctl -w net.ipv4.conf.all.rp_filter=0");
    }

    private static IEnumerable<HostFinding> OfCapabilities(CapabilitySet capabilities)
    {
        const string command = "run as root, or grant it in the unit: systemctl edit director (AmbientCapabilities=)";
        foreach (var (capability, spoils, severity) in new[]
        {
            (Capability.NetAdmin, "no address can be set and no XDP program attached", FindingSeverity.Error),
            (Capability.NetRaw, "no VRRP and no AF_XDP socket can be opened", FindingSeverity.Error),
            (Capability.Bpf, "no XDP program can be loaded", FindingSeverity.Error),
            (Capability.Perfmon, "no XDP program can be loaded, so frames come by AF_PACKET", FindingSeverity.Warning),
            (Capability.SysNice, "no real-time scheduling, so a busy machine can delay adverts", FindingSeverity.Warning),
        })
        {
            var isPartOfAll = capability is Capability.Bpf or Capability.Perfmon;
            var held = capabilities.Has(capability) || (isPartOfAll && capabilities.Has(Capability.SysAdmin));
            if (!held) yield return new(severity, $"{CapabilitySet.NameOf(capability)} is missing: {spoils}", command);
        }
    }

    private static IEnumerable<HostFinding> OfLockedMemory(HostFacts facts, ulong lockedBytes)
    {
        if (facts.Capabilities.Has(Capability.IpcLock) || facts.LockableBytes >= lockedBytes) yield break;
        var lockable = facts.LockableBytes / 1024;
        yield return new(FindingSeverity.Error,
            string.Create(CultureInfo.InvariantCulture,
                $"only {lockable} KiB may be locked (RLIMIT_MEMLOCK) of {lockedBytes / 1024} KiB, and CAP_IPC_LOCK is missing"),
            "ulimit -l unlimited, or in the unit LimitMEMLOCK=infinity");
    }
}
