using Director.Linux.Netlink;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Linux.Vrrp;

/// <content>Addresses and the state of interfaces, by netlink.</content>
public sealed unsafe partial class RawVrrpLink
{
    /// <inheritdoc/>
    public void SetVirtualAddresses(IReadOnlySet<IpAddress128> addresses)
    {
        _virtual = addresses;
        foreach (var link in _links) FindSource(link);
    }

    /// <inheritdoc/>
    public IReadOnlyList<IpAddress128> RemoveLeftovers()
    {
        var removed = new List<IpAddress128>();
        foreach (var entry in _routes.DumpAddresses())
        {
            // Only on our interfaces: another director may own addresses on others.
            var isOurs = LinkOf(entry.LinkIndex) >= 0
                && (entry.Protocol == AddressEntry.DirectorProtocol || _virtual.Contains(entry.Address));
            if (isOurs && Try(() => _routes.RemoveAddress(entry))) removed.Add(entry.Address);
        }

        RemovePathLeftovers();
        RemoveVmacLeftovers();
        RemoveFilterLeftovers();
        return removed;
    }

    /// <inheritdoc/>
    public bool AddAddress(int link, VirtualAddress address) => AddAddress(link, address, AddressEntry.DirectorProtocol);

    /// <inheritdoc/>
    public bool AddStaticAddress(int link, VirtualAddress address) => AddAddress(link, address, AddressEntry.StaticProtocol);

    private bool AddAddress(int link, VirtualAddress address, byte protocol)
    {
        var index = _links[link].Index;
        if (index == 0) return false;
        // Noted before it is asked for, so that a rehearsal, which is refused, has come by here too.
        var isNew = _held.Add((link, address.Address));
        if (Try(() => _routes.AddAddress(EntryOf(index, address) with { Protocol = protocol }))) return true;
        if (isNew) _held.Remove((link, address.Address));
        return false;
    }

    /// <inheritdoc/>
    public bool RemoveAddress(int link, VirtualAddress address)
    {
        _held.Remove((link, address.Address));
        var index = _links[link].Index;
        // An interface that is gone has taken its addresses along.
        return index == 0 || Try(() => _routes.RemoveAddress(EntryOf(index, address)));
    }

    /// <inheritdoc/>
    public bool HasAddress(int link, IpAddress128 address)
    {
        var index = _links[link].Index;
        return index != 0 && _routes.DumpAddresses().Any(entry => entry.LinkIndex == index && entry.Address == address);
    }

    /// <inheritdoc/>
    public bool TryReadEvent(out LinkEvent changed)
    {
        while (!_events.TryDequeue(out changed))
        {
            if (_monitor.TryRead(out var change)) Take(change);
            else if (!HearPaths()) return false;
        }

        return true;
    }

    private static AddressEntry EntryOf(int linkIndex, VirtualAddress address) => new(linkIndex, address.Address, address.PrefixLength)
    {
        Label = address.Label,
        Broadcast = address.Broadcast,
        Scope = address.Scope,
        Protocol = AddressEntry.DirectorProtocol,
        Peer = address.Peer,
        Flags = FlagsOf(address),
        PreferredSeconds = address.PreferredSeconds == VirtualAddress.Forever ? null : address.PreferredSeconds,
    };

    /// <summary>Without duplicate detection an IPv6 address is of use at once, and a split brain does not disable it for good.</summary>
    private static AddressFlags FlagsOf(VirtualAddress address)
    {
        var options = address.Options;
        var detects = address.Address.IsV4 || (options & VirtualAddressOptions.DetectsDuplicates) != 0;
        return (detects ? AddressFlags.None : AddressFlags.NoDuplicateDetection)
            | Of(VirtualAddressOptions.Home, AddressFlags.Home)
            | Of(VirtualAddressOptions.ManagesTemporary, AddressFlags.ManagesTemporary)
            | Of(VirtualAddressOptions.NoPrefixRoute, AddressFlags.NoPrefixRoute)
            | Of(VirtualAddressOptions.JoinsGroup, AddressFlags.JoinsGroup);

        AddressFlags Of(VirtualAddressOptions option, AddressFlags flag) => (options & option) != 0 ? flag : AddressFlags.None;
    }

    private void Take(in RouteChange change)
    {
        switch (change.Kind)
        {
            case RouteChangeKind.LinkSet: TakeLink(change.Link!); break;
            case RouteChangeKind.LinkRemoved: DropLink(change.Link!.Index); break;
            case RouteChangeKind.AddressSet: TakeAddress(change.Address, removed: false); break;
            case RouteChangeKind.AddressRemoved: TakeAddress(change.Address, removed: true); break;
            case RouteChangeKind.Overrun: LookAgain(); break;
        }
    }

    private void TakeLink(LinkEntry entry)
    {
        // Renamed: it is not the interface of the old name any more.
        var before = LinkOf(entry.Index);
        if (before >= 0 && _links[before].Name != entry.Name) DropLink(entry.Index);
        var link = _links.FindIndex(candidate => candidate.Name == entry.Name);
        if (link < 0) return;
        var (status, mac) = (_links[link].Status, _links[link].Mac);
        var isNew = _links[link].Index != entry.Index;
        _links[link].Update(entry);
        if (isNew) FindSource(_links[link]);
        if (isNew || mac != _links[link].Mac) Publish(link);
        _polled = [];
        if (status != _links[link].Status || mac != _links[link].Mac) _events.Enqueue(new(link, default));
        if (isNew) MakeAgain(link);
    }

    private void DropLink(int linkIndex)
    {
        var link = LinkOf(linkIndex);
        if (link < 0) return;
        _links[link].Detach();
        Publish(link);
        _held.RemoveWhere(held => held.Link == link);
        _polled = [];
        _events.Enqueue(new(link, default));
        MakeAgain(link);
    }

    private void TakeAddress(in AddressEntry address, bool removed)
    {
        var link = LinkOf(address.LinkIndex);
        if (link < 0) return;
        var isHeld = _held.Contains((link, address.Address));
        if (isHeld && removed) _events.Enqueue(new(link, address.Address));
        if (!removed) AddLinkLocals(link, address);
        if (isHeld || _virtual.Contains(address.Address)) return;
        FindSource(_links[link]);
        // With its first address of a family, or that family's being switched on, come the sockets that it was refused.
        if (!_links[link].IsListening) OpenSockets(_links[link]);
        _events.Enqueue(new(link, default));
    }

    private void OpenSockets(WatchedLink link)
    {
        link.OpenSockets();
        _polled = [];
    }

    /// <summary>Changes were lost: everything is looked at as if it were new.</summary>
    private void LookAgain()
    {
        var entries = _routes.DumpLinks();
        foreach (var link in _links)
        {
            if (entries.FirstOrDefault(entry => entry.Name == link.Name) is { } found) link.Update(found);
            else link.Detach();
            FindSource(link);
        }

        _polled = [];
        for (var link = 0; link < _links.Count; link++)
        {
            Publish(link);
            _events.Enqueue(new(link, default));
        }

        var addresses = _routes.DumpAddresses();
        foreach (var (link, address) in _held)
        {
            if (!addresses.Any(entry => entry.LinkIndex == _links[link].Index && entry.Address == address))
                _events.Enqueue(new(link, address));
        }
    }

    /// <summary>The kernel lists an interface's addresses in their order, the primary ones first.</summary>
    private void FindSource(WatchedLink link)
    {
        var (source, linkLocal) = (IpAddress128.FromV4(0), default(IpAddress128));
        if (link.Index != 0)
        {
            foreach (var entry in _routes.DumpAddresses())
            {
                var isOwn = entry.LinkIndex == link.Index && entry.Protocol != AddressEntry.DirectorProtocol;
                if (!isOwn || _virtual.Contains(entry.Address)) continue;
                if (entry.Address.IsV4 && source.IsUnspecified) source = entry.Address;
                var isUsable = (entry.Flags & (AddressFlags.Tentative | AddressFlags.DuplicateDetected)) == 0;
                if (!entry.Address.IsV4 && entry.Address.IsLinkLocal && isUsable && linkLocal.IsUnspecified) linkLocal = entry.Address;
            }
        }

        (link.Source, link.LinkLocal) = (source, linkLocal);
    }

    private int LinkOf(int linkIndex) => linkIndex == 0 ? -1 : _links.FindIndex(link => link.Index == linkIndex);

    private bool Try(Func<bool> change)
    {
        try
        {
            change();
            return true;
        }
        catch (LinuxException refusal)
        {
            _onProblem(refusal.Message);
            return false;
        }
    }
}
