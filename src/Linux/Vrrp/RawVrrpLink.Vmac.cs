using Director.Linux.Netlink;
using Director.Vrrp;

namespace Director.Linux.Vrrp;

/// <content>
/// Interfaces for virtual MAC addresses (RFC 9568 §7.3): macvlans in private mode, for a macvlan hears what is sent to its address, and in
/// any other mode not what comes from that address, as the adverts of the other routers do.
/// </content>
public sealed unsafe partial class RawVrrpLink
{
    // An alias says to whom an interface belongs, and what its parent's settings were: a successor reads it after a crash.
    private const string Mark = "director-vrrp";

    // What the parent must not do for the addresses of its macvlans: answer ARP for them, or out of the wrong interface.
    private static readonly string[] ParentSettings = ["arp_ignore", "arp_filter"];

    private readonly List<Vmac> _vmacs = [];
    private readonly MembershipFilter _memberships;

    /// <inheritdoc/>
    public int OpenVmac(string parent, VmacSettings settings, bool isV4)
    {
        var on = Open(parent);
        var link = Open(settings.Name);
        if (_vmacs.Find(vmac => vmac.Link == link) is { } known)
        {
            if (known.Settings == settings && known.Parent == on && known.IsV4 == isV4) return link;
            CloseVmac(link);
        }

        var wanted = new Vmac(link, on, settings, isV4);
        _vmacs.Add(wanted);
        _links[link].Below = _links[on];
        Make(wanted);
        return link;
    }

    /// <inheritdoc/>
    public void CloseVmac(int link)
    {
        if (_vmacs.Find(vmac => vmac.Link == link) is not { } vmac) return;
        _vmacs.Remove(vmac);
        _links[link].Below = null;
        Unmake(vmac, removes: true);
    }

    /// <inheritdoc/>
    public void ReportMemberships(int link, bool reports)
    {
        // Of IPv4 the interface below reports all that a switch needs to know.
        if (_vmacs.Find(vmac => vmac.Link == link) is { IsOurs: true, IsV4: false } vmac) SetReports(vmac, reports);
    }

    private void SetReports(Vmac vmac, bool leave) => Try(() =>
    {
        _memberships.Set(vmac.Settings.Name, vmac.IsV4, leave);
        return true;
    });

    /// <summary>Removes what a predecessor left that bears our mark, and restores what its parent was.</summary>
    private bool RemoveVmacLeftovers() => Try(() =>
    {
        var links = _routes.DumpLinks();
        foreach (var link in links.Where(link => link.Kind == "macvlan" && link.Alias?.Split(' ')[0] == Mark))
        {
            // Another director's are on interfaces of its own.
            if (LinkOf(link.ParentIndex) < 0 || links.FirstOrDefault(other => other.Index == link.ParentIndex) is not { } parent) continue;
            _routes.RemoveLink(link.Index);
            DropLink(link.Index);
            RemoveFilters(link.Name);
            foreach (var word in link.Alias!.Split(' ')[1..])
            {
                var parts = word.Split('=');
                if (parts.Length == 2 && ParentSettings.Contains(parts[0]) && parts[1].Length == 1 && char.IsAsciiDigit(parts[1][0]))
                    _sysctls.Write(Sysctl.OfInterface(isV4: true, parent.Name, parts[0]), parts[1][0] - '0');
            }
        }

        return true;
    });

    /// <summary>Makes an interface if its parent is there; what is there already is used if it is what is wanted.</summary>
    private void Make(Vmac vmac)
    {
        var parent = _links[vmac.Parent];
        if (parent.Index == 0) return;
        var made = Try(() =>
        {
            if (_links[vmac.Link].Index != 0)
            {
                var there = _routes.DumpLinks().First(link => link.Index == _links[vmac.Link].Index);
                if (there.Kind == "macvlan" && there.ParentIndex == parent.Index && there.Address == vmac.Settings.Mac) return true;
                _links[vmac.Link].IsRefused = true;
                _onProblem($"{vmac.Settings.Name} exists and is no macvlan of {vmac.Settings.Mac} on {parent.Name}: " +
                    "remove it, or give use_vmac another name");
                return true;
            }

            _routes.CreateMacvlan(vmac.Settings.Name, parent.Index, vmac.Settings.Mac, vmac.Settings.Group);
            vmac.IsOurs = true;
            Prepare(vmac, parent);
            return true;
        });
        if (!made && vmac.IsOurs) Unmake(vmac, removes: true);
    }

    private void Prepare(Vmac vmac, WatchedLink parent)
    {
        var name = vmac.Settings.Name;
        var index = _routes.DumpLinks().First(link => link.Name == name).Index;
        var before = ParentSettings.Select(setting =>
            $"{setting}={_sysctls.Original(Sysctl.OfInterface(isV4: true, parent.Name, setting)) ?? 0}");
        _routes.MarkLink(index, string.Join(' ', before.Prepend(Mark)), withoutLinkLocal: !vmac.IsV4);
        if (vmac.IsV4)
        {
            foreach (var setting in ParentSettings) _sysctls.Set(Sysctl.OfInterface(isV4: true, parent.Name, setting), 1);
            SetOwn("arp_ignore", 1);
            SetOwn("accept_local", 1);
            SetOwn("promote_secondaries", 1);
            // Strictly checked, what comes for the addresses by the macvlan would have to be answered by the parent, and is dropped. The
            // kernel takes the higher of this and that of all interfaces, and 2 is the one that lets it pass.
            SetOwn("rp_filter", Sysctl.Read("ipv4/conf/all/rp_filter") is > 0 ? 2 : 0);
            _sysctls.Write(Sysctl.OfInterface(isV4: false, name, "disable_ipv6"), 1);
        }

        // Before it is up, and joins its first group.
        SetReports(vmac, leave: false);
        _routes.SetLinkUp(index);
        if (!vmac.IsV4) AddLinkLocal(index, parent);
        Look();

        void SetOwn(string setting, int value) => _sysctls.Write(Sysctl.OfInterface(isV4: true, name, setting), value);
    }

    /// <summary>Adverts of IPv6 come from a link-local address; two machines must not have the one that the virtual MAC gives.</summary>
    private void AddLinkLocal(int index, WatchedLink parent)
    {
        foreach (var entry in _routes.DumpAddresses())
        {
            if (entry.LinkIndex != parent.Index || !IsOwnLinkLocal(entry)) continue;
            AddLinkLocal(index, entry);
            return;
        }
    }

    private void AddLinkLocal(int index, in AddressEntry of) => _routes.AddAddress(new(index, of.Address, of.PrefixLength)
    {
        Flags = AddressFlags.NoDuplicateDetection, PreferredSeconds = 0, Scope = of.Scope,
    });

    /// <summary>A parent that comes up has its link-local address a moment later.</summary>
    private void AddLinkLocals(int parent, in AddressEntry added)
    {
        if (!IsOwnLinkLocal(added)) return;
        foreach (var vmac in _vmacs)
        {
            var index = _links[vmac.Link].Index;
            if (vmac.Parent != parent || vmac.IsV4 || !vmac.IsOurs || index == 0) continue;
            var entry = added;
            Try(() =>
            {
                AddLinkLocal(index, entry);
                return true;
            });
        }
    }

    private bool IsOwnLinkLocal(in AddressEntry entry) => !entry.Address.IsV4 && entry.Address.Upper >> 54 == 0xfe80 >> 6
        && entry.Protocol != AddressEntry.DirectorProtocol && !_virtual.Contains(entry.Address);

    private void Unmake(Vmac vmac, bool removes)
    {
        if (!vmac.IsOurs) return;
        vmac.IsOurs = false;
        var link = _links[vmac.Link];
        var index = link.Index;
        if (removes && index != 0 && Try(() => _routes.RemoveLink(index))) DropLink(index);
        if (removes) RemoveFilters(vmac.Settings.Name);
        if (!vmac.IsV4) return;
        foreach (var setting in ParentSettings)
            _sysctls.Restore(Sysctl.OfInterface(isV4: true, _links[vmac.Parent].Name, setting));
    }

    /// <summary>What went is made again: the interface itself, or all of those whose parent is back.</summary>
    private void MakeAgain(int changed)
    {
        foreach (var vmac in _vmacs)
        {
            if (vmac.Link == changed && _links[changed].Index == 0 && _links[vmac.Parent].Index != 0)
            {
                Unmake(vmac, removes: false);
                Make(vmac);
            }
            else if (vmac.Parent == changed && _links[changed].Index != 0 && _links[vmac.Link].Index == 0)
            {
                Unmake(vmac, removes: false);
                Make(vmac);
            }
        }
    }

    /// <summary>Takes in the interface just made at once, and not when its event comes.</summary>
    private void Look()
    {
        foreach (var entry in _routes.DumpLinks())
        {
            if (_links.Exists(link => link.Name == entry.Name)) TakeLink(entry);
        }
    }
}
