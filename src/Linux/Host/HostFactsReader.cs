using System.Globalization;
using Director.Linux.Netlink;
using Director.Linux.Xdp;

namespace Director.Linux.Host;

/// <summary>
/// Reads <see cref="HostFacts"/> from <c>/proc</c> (proc(5)) and rtnetlink, as the calling thread's network namespace shows them.
/// </summary>
public static class HostFactsReader
{
    private const string Keepalived = "keepalived";
    private const int IpvsHeaderLines = 3;

    /// <summary>Reads everything; what cannot be read is left at its harmless value.</summary>
    /// <param name="interfaces">Names of the interfaces that XDP programs will be attached to.</param>
    /// <exception cref="LinuxException">The kernel does not list its links.</exception>
    public static HostFacts Read(IReadOnlyCollection<string> interfaces)
    {
        using var routes = new RouteSocket();
        return new()
        {
            Keepaliveds = ReadKeepaliveds(),
            IpvsServices = ParseIpvs(ReadLines("/proc/thread-self/net/ip_vs")),
            XdpHolds = [.. routes.DumpLinks().Where(link => interfaces.Contains(link.Name)).Select(XdpHolder.Find).OfType<XdpHold>()],
            AllReversePathFilter = Sysctl.ReadNumber("net/ipv4/conf/all/rp_filter") ?? 0,
            Capabilities = ParseCapabilities(ReadLines("/proc/thread-self/status")),
            LockableBytes = MemoryLock.Limit,
        };
    }

    /// <summary>
    /// The virtual services in <c>/proc/net/ip_vs</c> (Linux net/netfilter/ipvs/ip_vs_ctl.c, ip_vs_info_seq_show): three lines of
    /// heading, then services at the margin (<c>TCP  C0A85082:0050 wlc</c>, <c>FWM  00000001 wlc</c>) and their servers after an arrow.
    /// </summary>
    internal static IReadOnlyList<string> ParseIpvs(IEnumerable<string> lines) =>
    [
        .. lines.Skip(IpvsHeaderLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["TCP" or "UDP" or "SCTP" or "FWM", _, ..])
            .Select(words => $"{words[0]} {ParseIpvsAddress(words[1])}"),
    ];

    /// <summary>Our effective capabilities in the lines of <c>/proc/self/status</c>.</summary>
    internal static CapabilitySet ParseCapabilities(IEnumerable<string> lines)
    {
        const string key = "CapEff:";
        var line = lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return ulong.TryParse(line?[key.Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? new(bits)
            : CapabilitySet.All;
    }

    /// <summary>The systemd service in the lines of <c>/proc/PID/cgroup</c>; null if there is none.</summary>
    internal static string? ParseUnit(IEnumerable<string> lines) =>
        lines.SelectMany(line => line.Split('/')).LastOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal));

    private static string ParseIpvsAddress(string text)
    {
        var colon = text.LastIndexOf(':');
        var address = colon == 8 ? text[..colon] : null;
        if (uint.TryParse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var v4) &&
            ushort.TryParse(text[(colon + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Net.IpAddress128.FromV4(v4)}:{port}");
        }

        return text;
    }

    private static List<KeepalivedProcess> ReadKeepaliveds()
    {
        var found = new Dictionary<int, int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (ReadLines($"{directory}/comm") is not [Keepalived, ..]) continue;
            var status = ReadLines($"{directory}/status");
            // One that has ended, and whose parent has not looked yet, owns nothing any more.
            if (ReadField(status, "State:") is not ['Z' or 'X', ..]) found[id] = ParseParent(status);
        }

        var own = ReadLink("/proc/thread-self/ns/net");
        return
        [
            .. found.Where(process => !found.ContainsKey(process.Value)).Select(process => process.Key).Order().Select(id =>
            {
                var theirs = ReadLink($"/proc/{id}/ns/net");
                bool? shares = theirs is null || own is null ? null : theirs == own;
                return new KeepalivedProcess(id, shares, ParseUnit(ReadLines($"/proc/{id}/cgroup")));
            }),
        ];
    }

    private static int ParseParent(string[] status) =>
        int.TryParse(ReadField(status, "PPid:"), CultureInfo.InvariantCulture, out var parent) ? parent : 0;

    private static string? ReadField(string[] status, string key) =>
        status.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim();

    // A process that ends while it is looked at is not there; a file that another user owns says nothing.
    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? ReadLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
