using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.VrrpProcess;

/// <summary>What is said in the log of virtual routers, as keepalived says it where keepalived does.</summary>
internal static class VrrpLines
{
    /// <summary>A change of state, and why if that does not go without saying.</summary>
    public static string Of(VrrpInstanceSettings settings, in VrrpEffect report)
    {
        var line = $"({settings.Name}) Entering {NameOf(report.State)} STATE";
        return report.Reason switch
        {
            TransitionReason.Startup => line + " (init)",
            TransitionReason.Shutdown => $"({settings.Name}) Stopping",
            TransitionReason.AddressLost => $"{line}: somebody removed {report.Source}; all addresses are taken again",
            TransitionReason.MemberYielded => line + " with its sync group",
            TransitionReason.Paused => line + ": held up for so long that another router has taken over",
            TransitionReason.Fault => $"{line}: {Of(report.Faults, settings.Interface)}",
            _ => line,
        };
    }

    /// <summary>A sync group's state.</summary>
    public static string Of(SyncGroup group) => $"VRRP_Group({group.Settings.Name}) Syncing instances to {NameOf(group.State)} state";

    /// <summary>Something that was heard, or a new priority.</summary>
    public static string Of(VrrpInstanceSettings settings, byte ownPriority, in VrrpEffect notice)
    {
        var (source, priority) = (notice.Source, notice.Priority);
        var line = notice.Notice switch
        {
            VrrpNotice.ForcingElection =>
                $"Received advert from {source} with lower priority {priority}, ours {ownPriority}"
                + (settings.LeavesLowerUnanswered ? "" : ", forcing new election"),
            VrrpNotice.DiscardingLower => $"received lower priority ({priority}) advert from {source} - discarding",
            VrrpNotice.YieldingToHigher when priority == ownPriority =>
                $"Master received advert from {source} with same priority {priority} but higher IP address than ours",
            VrrpNotice.YieldingToHigher => $"Master received advert from {source} with higher priority {priority}, ours {ownPriority}",
            VrrpNotice.SameSource =>
                $"advert with our own address {source} and priority: an address used twice, or a network that reflects frames",
            VrrpNotice.PriorityChanged => $"Changing effective priority from {priority} to {ownPriority}",
            VrrpNotice.SecondOwner => $"{source} has priority 255 too: only one router can own the addresses",
            _ => $"Backup received priority 0 advertisement from {source}",
        };
        return $"({settings.Name}) {line}";
    }

    /// <summary>Whether a notice tells of something that should not be.</summary>
    public static bool IsWarning(VrrpNotice notice) => notice is
        VrrpNotice.SameSource or VrrpNotice.ForcingElection or VrrpNotice.SecondOwner;

    /// <summary>A datagram that was refused.</summary>
    public static string Of(VrrpInstanceSettings settings, AdvertisementRejection reason, IpAddress128 source)
    {
        var why = reason switch
        {
            AdvertisementRejection.Destination when settings.IsUnicast => "it was not sent to an address of ours",
            AdvertisementRejection.Destination => $"it was not sent to {settings.Selector.Group}",
            AdvertisementRejection.Source => "it is from no unicast_peer of ours",
            AdvertisementRejection.TimeToLive when settings.IsUnicast => "its TTL is not within the bounds of the unicast_peer",
            AdvertisementRejection.TimeToLive => "its TTL is not 255, so it has been routed",
            AdvertisementRejection.Version => $"it is not of VRRP version {(int)settings.Version}",
            AdvertisementRejection.Type => "it is no advertisement",
            AdvertisementRejection.Length => "its length does not fit its address count",
            AdvertisementRejection.Checksum => "its checksum is wrong",
            AdvertisementRejection.AuthenticationTypeInvalid => "its authentication type does not exist",
            AdvertisementRejection.AuthenticationTypeMismatch => "its auth_type differs from ours",
            AdvertisementRejection.AuthenticationFailure => "its auth_pass differs from ours",
            AdvertisementRejection.Interval when settings.Version == VrrpVersion.V3 => "its advert_int is zero",
            AdvertisementRejection.Interval => "its advert_int differs from ours",
            AdvertisementRejection.NoAddresses => "it has no virtual addresses",
            AdvertisementRejection.AddressList => "none of its virtual addresses is ours: "
                + $"another cluster seems to have virtual_router_id {settings.VirtualRouterId} too",
            _ => "it is not whole",
        };
        return $"({settings.Name}) ignoring advert from {source}: {why}";
    }

    /// <summary>Another master.</summary>
    public static string Of(VrrpInstanceSettings settings, in RivalMaster rival)
    {
        var from = rival.Mac is { } mac ? $"{rival.Source} ({mac})" : rival.Source.ToString();
        var why = rival.Ignored == AdvertisementRejection.None
            ? "it hears us not, or does not yield"
            : "its adverts are ignored, as said";
        return $"({settings.Name}) there are two masters: {from} advertises virtual_router_id {settings.VirtualRouterId} as well; {why}";
    }

    /// <summary>A checksum of another form.</summary>
    public static string Of(VrrpInstanceSettings settings, ChecksumForm form, IpAddress128 source)
    {
        var (what, remedy) = form switch
        {
            ChecksumForm.MessageOnly => ("without a pseudo-header", "v3_checksum_as_v2"),
            ChecksumForm.PseudoHeaderOfGroup => ("with the pseudo-header of the group, as keepalived up to 1.3.6 does",
                "old_unicast_checksum"),
            _ => ("with the pseudo-header", "neither v3_checksum_as_v2 nor old_unicast_checksum"),
        };
        return $"({settings.Name}) {source} sums its adverts {what}: taken; write {remedy} if it does not take ours";
    }

    /// <summary>Addresses of which some are ours.</summary>
    public static string OfOtherAddresses(VrrpInstanceSettings settings, IpAddress128 source) =>
        $"({settings.Name}) {source} advertises other virtual addresses than ours, beside some that are the same: taken; "
        + "the two configurations differ";

    /// <summary>An advert of a virtual router that is not configured.</summary>
    public static string OfUnknown(byte virtualRouterId, IpAddress128 source) =>
        $"advert from {source} of virtual_router_id {virtualRouterId}, which is not configured";

    /// <summary>Something that could not be done.</summary>
    public static string Of(VrrpInstanceSettings settings, LinkFailure failure, IpAddress128 address) => failure switch
    {
        LinkFailure.Advertise => $"({settings.Name}) an advert was not sent",
        LinkFailure.AddAddress => $"({settings.Name}) {address} was not added",
        LinkFailure.RemoveAddress => $"({settings.Name}) {address} was not removed",
        LinkFailure.Arm => $"({settings.Name}) packets to {address} cannot be steered to the datapath",
        LinkFailure.Disarm => $"({settings.Name}) packets to {address} cannot be given back to the host",
        LinkFailure.AddRoute => $"({settings.Name}) the route to {address} was not added",
        LinkFailure.RemoveRoute => $"({settings.Name}) the route to {address} was not removed",
        LinkFailure.KeepRoute => $"({settings.Name}) the route to {address} was removed by somebody else",
        LinkFailure.AddRule => $"({settings.Name}) the rule of {address} was not added",
        LinkFailure.RemoveRule => $"({settings.Name}) the rule of {address} was not removed",
        LinkFailure.KeepRule => $"({settings.Name}) the rule of {address} was removed by somebody else",
        LinkFailure.AdvertiseAll => $"({settings.Name}) {address} and the addresses below it do not fit into the MTU of "
            + $"{settings.Interface} and are in no advert: peers must have the same MTU, or those addresses in virtual_ipaddress_excluded",
        _ => $"({settings.Name}) {address} was not announced",
    };

    /// <summary>All that keeps a router, which advertises by <paramref name="device"/>, from taking part.</summary>
    public static string Of(FaultReasons faults, string device)
    {
        var all = new List<string>();
        if (faults.HasFlag(FaultReasons.InterfaceDown))
            all.Add($"interface {device}, or one of its addresses', is missing, down or without carrier");
        if (faults.HasFlag(FaultReasons.NoSourceAddress)) all.Add($"no address on {device} to advertise from");
        if (faults.HasFlag(FaultReasons.SourceAddressLost)) all.Add($"the source address of its adverts is not on {device}");
        if (faults.HasFlag(FaultReasons.NoPeers)) all.Add("no unicast peer");
        if (faults.HasFlag(FaultReasons.MainStalled)) all.Add("the main process makes no progress");
        if (faults.HasFlag(FaultReasons.TrackerDown)) all.Add("something that it tracks is not well");
        if (faults.HasFlag(FaultReasons.TrackerUnknown)) all.Add("of something that it tracks nothing is known yet");
        if (faults.HasFlag(FaultReasons.MemberFault)) all.Add("another member of its sync group is in fault");
        return string.Join("; ", all);
    }

    /// <summary>The state as keepalived writes it.</summary>
    public static string NameOf(VrrpState state) => state switch
    {
        VrrpState.Master => "MASTER",
        VrrpState.Backup => "BACKUP",
        VrrpState.Fault => "FAULT",
        _ => "INIT",
    };
}
