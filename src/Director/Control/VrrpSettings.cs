using Director.Config;
using Director.Trackers;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.Control;

/// <summary>The virtual routers that a configuration asks for, in the terms of the VRRP engine. Pure.</summary>
internal static class VrrpSettings
{
    /// <summary>One for each <c>vrrp_instance</c>, in the order of the file.</summary>
    public static IReadOnlyList<VrrpInstanceSettings> From(DirectorConfig config) => [.. config.VrrpInstances.Select(From)];

    /// <summary>One for each <c>vrrp_sync_group</c>.</summary>
    public static IReadOnlyList<SyncGroupSettings> GroupsFrom(DirectorConfig config) =>
    [
        .. config.SyncGroups.Select(group => new SyncGroupSettings
        {
            Name = group.Name,
            Members = group.Members,
            Tracked = [.. group.Tracks.Select(From)],
            AllowsMemberWeights = group.AllowsMemberWeights,
        }),
    ];

    private static TrackSettings From(TrackConfig track) => new(TrackerPlan.KeyOf(track), track.Weight, track.IsReversed);

    /// <summary>What concerns the host and no instance.</summary>
    public static HostSettings HostOf(DirectorConfig config) => new()
    {
        Addresses = [.. config.Host.Addresses.Select(From)],
        Routes = config.Host.Routes,
        Rules = config.Host.Rules,
        ReportsLinkLocalGroups = !config.Host.DisablesLocalIgmp,
        LinkDelays = [.. config.Host.LinkDelays.Select(delays => new LinkDelays(delays.Interface, delays.Down, delays.Up))],
        Paces =
        [
            new([], config.Host.ArpInterval, config.Host.NeighbourInterval),
            .. config.Host.GarpGroups.Select(group => new AnnouncementPace(group.Interfaces, group.ArpInterval, group.NeighbourInterval)),
        ],
    };

    private static VrrpInstanceSettings From(VrrpInstanceConfig instance)
    {
        var settings = AsWritten(instance);
        return settings with { ReceiveBuffer = BufferOf(instance.Wire.ReceiveBuffer, settings.DatagramSize(settings.Addresses.Count)) };
    }

    private static ReceiveBufferPolicy BufferOf(ReceiveBufferConfig buffer, int advertSize) => buffer.Unit switch
    {
        ReceiveBufferUnit.Mtus => new(0, buffer.Count),
        ReceiveBufferUnit.Adverts => new(buffer.Count * advertSize),
        _ => new(buffer.Count),
    };

    private static VrrpInstanceSettings AsWritten(VrrpInstanceConfig instance) => new()
    {
        Name = instance.Name,
        Interface = instance.Interface,
        VirtualRouterId = instance.VirtualRouterId,
        Priority = instance.Priority,
        WantedState = instance.InitialState == VrrpInitialState.Master ? VrrpState.Master : VrrpState.Backup,
        AdvertInterval = instance.AdvertInterval,
        Password = instance.Password is { } password ? VrrpPassword.FromText(password) : null,
        NoPreempt = !instance.Preempt,
        PreemptDelay = instance.PreemptDelay,
        DownTimerAdverts = instance.Election.DownTimerAdverts,
        LeavesLowerUnanswered = instance.Election.LeavesLowerUnanswered,
        AnswersHigher = instance.Election.AnswersHigher,
        OwnerIgnoresAdverts = instance.Election.OwnerIgnoresAdverts,
        PausedYieldsTo = instance.Election.PausedYieldsTo ?? 0,
        StartupDelay = instance.Election.StartupDelay,
        DelayAfterBoot = instance.Election.DelayAfterBoot,
        IgnoresOwnInterface = instance.Election.IgnoresOwnInterface,
        SourceAddress = instance.Source,
        Tracked = [.. instance.Tracks.Select(From)],
        Version = instance.Wire.Version == 3 ? VrrpVersion.V3 : VrrpVersion.V2,
        Peers = [.. instance.Wire.Peers.Select(peer => new UnicastPeer(peer.Address, peer.MinTtl, peer.MaxTtl))],
        FaultsWithoutPeers = instance.Wire.FaultsWithoutPeers,
        ChecksUnicastSource = instance.Wire.ChecksUnicastSource,
        UnicastTimeToLive = instance.Wire.UnicastTtl,
        MulticastGroup = instance.Wire.Group,
        TracksSourceAddress = instance.Wire.TracksSource,
        Checksum = FormOf(instance.Wire.Checksum),
        TrustsKnownMaster = instance.Wire.TrustsKnownMaster,
        AllowsNoAddresses = instance.AllowsNoAddresses,
        IsV6WithoutAddresses = instance.IsV6WithoutAddresses,
        LogsUnknownRouters = instance.Wire.LogsUnknown,
        Addresses = [.. instance.Addresses.Select(From)],
        ExcludedAddresses = [.. instance.ExcludedAddresses.Select(From)],
        Garp = new()
        {
            Repeat = instance.Garp.Repeat,
            Delay = instance.Garp.Delay,
            Refresh = instance.Garp.Refresh,
            RefreshRepeat = instance.Garp.RefreshRepeat,
            LowerPriorityRepeat = instance.Election.IsStrict ? 0 : instance.Garp.LowerPriorityRepeat,
            LowerPriorityDelay = instance.Garp.LowerPriorityDelay,
            ExtraInterval = instance.Garp.ExtraInterval,
            ExtraIsOfAll = instance.Garp.ExtraIsOfAll,
        },
        PromotesSecondaries = instance.PromotesSecondaries,
        IsNoAccept = !instance.Accepts,
        Vmac = instance.Vmac is { } vmac ? From(vmac, instance.VirtualRouterId, !instance.IsV6) : null,
        AddressVmacs =
        [
            .. instance.AddressVmacs.Select(further =>
                new AddressVmac(further.Parent, further.IsV4, From(further.Vmac, instance.VirtualRouterId, further.IsV4))),
        ],
        NeededInterfaces = instance.NeededInterfaces,
        Routes = instance.Routes,
        Rules = instance.Rules,
    };

    /// <summary>The group that an instance without peers advertises to.</summary>
    public static IpAddress128 GroupOf(VrrpInstanceConfig instance) =>
        instance.Wire.Group ?? (instance.IsV6 ? AdvertisementDatagram.GroupV6 : AdvertisementDatagram.GroupV4);

    private static ChecksumForm FormOf(ChecksumConfig checksum) => checksum switch
    {
        ChecksumConfig.MessageOnly => ChecksumForm.MessageOnly,
        ChecksumConfig.OldUnicast => ChecksumForm.PseudoHeaderOfGroup,
        _ => ChecksumForm.PseudoHeader,
    };

    private static VmacSettings From(VmacConfig vmac, byte virtualRouterId, bool isV4) =>
        new(vmac.Name, vmac.Mac ?? VmacSettings.StandardMac(virtualRouterId, isV4), vmac.AdvertisesOnParent, vmac.Group);

    private static VirtualAddress From(VirtualAddressConfig address) =>
        new(address.Address, address.PrefixLength, address.Vmac ?? address.Interface, address.Label, address.Broadcast, address.Scope)
        {
            Peer = address.Peer, Options = address.Options, PreferredSeconds = address.PreferredSeconds,
        };
}
