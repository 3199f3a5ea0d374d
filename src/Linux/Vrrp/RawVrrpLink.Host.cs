using Director.Net;

namespace Director.Linux.Vrrp;

/// <content>What virtual routers have the host do while they run, whoever is master: settings, and tables of nftables.</content>
public sealed unsafe partial class RawVrrpLink
{
    // Whether groups of 224.0.0.0/24 are reported, which all switches flood (RFC 4541 §2.1.2).
    private const string LinkLocalReports = "ipv4/igmp_link_local_mcast_reports";

    private readonly ChangedSysctls _sysctls;
    private readonly FilterTable _filters = new();
    private readonly AcceptFilter _acceptance;
    private bool _reportsLinkLocal = true;

    /// <inheritdoc/>
    public void DropFor(int link, IReadOnlyCollection<IpAddress128> addresses) => Try(() =>
    {
        _acceptance.Set(_links[link].Name, addresses);
        return true;
    });

    /// <inheritdoc/>
    public void PromoteSecondaries(int link, bool promotes)
    {
        var setting = Sysctl.OfInterface(isV4: true, _links[link].Name, "promote_secondaries");
        if (promotes) _sysctls.Set(setting, 1);
        else _sysctls.Restore(setting);
    }

    /// <inheritdoc/>
    public void ReportLinkLocalGroups(bool reports)
    {
        if (reports == _reportsLinkLocal) return;
        _reportsLinkLocal = reports;
        if (reports) _sysctls.Restore(LinkLocalReports);
        else _sysctls.Set(LinkLocalReports, 0);
    }

    private void RemoveFilterLeftovers()
    {
        foreach (var link in _links) RemoveFilters(link.Name);
    }

    private void RemoveFilters(string interfaceName)
    {
        if (!FilterTable.MayBeThere()) return;
        try
        {
            _acceptance.Set(interfaceName, []);
        }
        catch (LinuxException)
        {
            // A kernel without nf_tables has no tables.
        }
    }
}
