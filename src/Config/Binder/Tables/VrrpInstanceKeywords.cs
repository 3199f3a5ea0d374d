using Row = Director.Config.Binder.Rows<Director.Config.Binder.VrrpInstanceDraft>;

namespace Director.Config.Binder;

/// <summary><c>vrrp_instance</c>.</summary>
internal static class VrrpInstanceKeywords
{
    public static readonly Grammar<VrrpInstanceDraft> Grammar = new(
    [
        Row.Value("state", Take.OneOf(("MASTER", VrrpInitialState.Master), ("BACKUP", VrrpInitialState.Backup)),
            (instance, state) => instance.State = state),
        Row.Value("interface", Take.Interface, (instance, name) => instance.Interface = name, isRequired: true),
        Row.Value("virtual_router_id", Take.Integer(1, 255), (instance, id) => instance.VirtualRouterId = id, isRequired: true),
        Row.Value("priority", Take.Integer(1, 255), (instance, priority) => instance.Priority = priority),
        Row.Read("advert_int", Take.Seconds(0.01, 255), (instance, interval, reader) =>
        {
            instance.AdvertInterval = interval;
            instance.AdvertIntervalWord = reader.Last;
        }),
        Row.Block("authentication", AuthenticationKeywords.Grammar, (instance, _) => instance.Authentication),
        Row.Flag("nopreempt", (instance, reader) => instance.NoPreempt = reader.Last),
        .. Row.NotUsed("it is so anyway; nopreempt would end it", "preempt"),
        Row.Read("preempt_delay", Take.Seconds(0, 1000), (instance, delay, reader) =>
        {
            instance.PreemptDelay = delay;
            instance.PreemptDelayWord = reader.Last;
        }),
        .. VrrpAddressKeywords.Instance,
        .. WireKeywords.OfInstance,
        .. ElectionKeywords.OfInstance,
        .. TrackLine.Rows<VrrpInstanceDraft>(instance => instance.Tracks),
        .. NotifyKeywords.OfInstance<VrrpInstanceDraft>(instance => instance.Notify),
        .. Row.NotUsed("what is logged is set for the whole director, by Log:Level of its settings", "debug"),
        .. NotUsedKeywords.OfInstance,
        Row.Refused("use_ipvlan", instance => instance.IsRefused = true,
            "an ipvlan has the MAC address of the interface below it, with which an instance owns its addresses without one",
            "leave it out, or write use_vmac"),
        Row.Refused("vrf", instance => instance.IsRefused = true,
            "it is for an instance without 'interface', which is not run", "name an interface, in whose VRF the instance then is"),
        // Better no instance than a second master.
        Row.Refused("auth_hmac", instance => instance.IsRefused = true,
            "adverts are not authenticated this way, and peers that do it would not believe ours", "leave it out on all machines"),
    ]);
}
