using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>virtual_server</c> in the making; null is what was not written.</summary>
internal sealed class VirtualServerDraft(Statement header)
{
    /// <summary>Its address and port; of a group the first of them, once the group is known.</summary>
    public Endpoint Endpoint { get; set; }

    /// <summary>The name of its group, if it is one's.</summary>
    public Word? Group { get; init; }

    /// <summary>The other addresses and ports of its group.</summary>
    public IReadOnlyList<Endpoint> OtherEndpoints { get; set; } = [];

    /// <summary>All its addresses and ports.</summary>
    public IEnumerable<Endpoint> Endpoints => OtherEndpoints.Prepend(Endpoint);

    public Statement Header => header;

    /// <summary>How its real servers are reached that do not say.</summary>
    public ForwardingMethodConfig Method { get; set; }

    /// <summary>Whether the method is written in a way that the director does not know yet.</summary>
    public bool IsMethodUnsupported { get; set; }

    public IpProtocol Protocol { get; set; } = IpProtocol.Udp;

    public string? Scheduler { get; set; }

    public List<SchedulerFlagDraft> SchedulerFlags { get; } = [];

    public TimeSpan? PersistenceTimeout { get; set; }

    /// <summary>As <see cref="GranularityArgument"/> reads it, and where it stands.</summary>
    public (int Value, Word Word)? Granularity { get; set; }

    /// <summary><c>ip_family</c>: whether it is IPv4, and where that stands.</summary>
    public (bool IsV4, Word Word)? Family { get; set; }

    public int? Weight { get; set; }

    public bool InhibitOnFailure { get; set; }

    public bool IsOnePacket { get; set; }

    public CheckDefaultsDraft CheckDefaults { get; } = new();

    /// <summary>Whom its HTTP checks ask for that do not say.</summary>
    public string? VirtualHost { get; set; }

    public UpDownNotifyDraft Notify { get; } = new();

    public bool TellsOfStop { get; set; }

    public bool SuspendsChecks { get; set; }

    /// <summary>How long a server that has recovered is spared, and where that stands.</summary>
    public (TimeSpan Value, Word Word)? SlowStart { get; set; }

    /// <summary>Where <c>fail_open</c> stands.</summary>
    public Word? FailOpen { get; set; }

    public List<RealServerDraft> RealServers { get; } = [];

    public SorryServerDraft SorryServer { get; } = new();

    /// <summary>The quorum, and where it stands.</summary>
    public (int Value, Word Word)? Quorum { get; set; }

    /// <summary>The hysteresis, and where it stands.</summary>
    public (int Value, Word Word)? Hysteresis { get; set; }
}
