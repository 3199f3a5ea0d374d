using Director.Config.Syntax;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>virtual_server</c> in the making; null is what was not written.</summary>
internal sealed class VirtualServerDraft(Endpoint endpoint, Statement header)
{
    public Endpoint Endpoint => endpoint;

    public Statement Header => header;

    /// <summary>Whether it is to be forwarded by direct routing.</summary>
    public bool IsDirectRouting { get; set; }

    public IpProtocol Protocol { get; set; } = IpProtocol.Udp;

    public string? Scheduler { get; set; }

    public List<SchedulerFlagDraft> SchedulerFlags { get; } = [];

    public TimeSpan? PersistenceTimeout { get; set; }

    public int? PersistencePrefixLength { get; set; }

    public int? Weight { get; set; }

    public bool InhibitOnFailure { get; set; }

    public bool IsOnePacket { get; set; }

    public CheckDefaultsDraft CheckDefaults { get; } = new();

    public List<RealServerDraft> RealServers { get; } = [];
}
