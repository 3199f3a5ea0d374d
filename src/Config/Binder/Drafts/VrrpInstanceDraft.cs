using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>vrrp_instance</c> in the making; null is what was not written.</summary>
internal sealed class VrrpInstanceDraft(string name, Statement header, RulePriorities priorities)
{
    public string Name => name;

    public Statement Header => header;

    public VrrpInitialState? State { get; set; }

    public string? Interface { get; set; }

    public int? VirtualRouterId { get; set; }

    public int? Priority { get; set; }

    public TimeSpan? AdvertInterval { get; set; }

    public Word? AdvertIntervalWord { get; set; }

    public AuthenticationDraft Authentication { get; } = new();

    public VirtualAddressesDraft Addresses { get; } = new();

    public VirtualAddressesDraft ExcludedAddresses { get; } = new();

    public VmacDraft Vmac { get; } = new();

    /// <summary><c>no_virtual_ipaddress</c>; null if it does not stand there.</summary>
    public Word? NoAddresses { get; set; }

    public bool PromotesSecondaries { get; set; }

    /// <summary><c>accept</c> or <c>no_accept</c>; null if neither stands there.</summary>
    public bool? Accepts { get; set; }

    public RoutesDraft Routes { get; } = new();

    public RulesDraft Rules { get; } = new(priorities);

    public Word? NoPreempt { get; set; }

    public TimeSpan? PreemptDelay { get; set; }

    public Word? PreemptDelayWord { get; set; }

    public ElectionDraft Election { get; } = new();

    public WireDraft Wire { get; } = new();

    public GarpDraft Garp { get; } = new();

    public List<TrackDraft> Tracks { get; } = [];

    public NotifyDraft Notify { get; } = new();

    /// <summary>Whether it says something without which it would not be what was meant, and which is not supported.</summary>
    public bool IsRefused { get; set; }
}
