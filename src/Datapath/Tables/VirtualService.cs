using Director.Datapath.Scheduling;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// A virtual service in a forwarding table. Tables share it as long as nothing of it changes; next hops are not part of it. Immutable
/// but for the scheduler's cursor and the live counters of its servers.
/// </summary>
public sealed class VirtualService
{
    internal VirtualService(
        VirtualServiceSpec spec, uint virtualAddress, VirtualServiceState state, Scheduler scheduler,
        IReadOnlyList<(IpProtocol Protocol, Endpoint Server)> masqueraded)
    {
        Key = spec.Key;
        SchedulerName = spec.Scheduler;
        SchedulerFlags = spec.SchedulerFlags;
        PersistenceTimeout = spec.PersistenceTimeout;
        PersistencePrefixLength = spec.PersistencePrefixLength;
        IsOnePacket = spec.IsOnePacket;
        VirtualAddress = virtualAddress;
        State = state;
        Scheduler = scheduler;
        Masqueraded = masqueraded;
        PersistenceTicks = spec.PersistenceTimeout is { } timeout ? Ticks.For(timeout) : 0;
    }

    /// <summary>Protocol, VIP and port.</summary>
    public ServiceKey Key { get; }

    /// <summary>The scheduler's name, as <see cref="VirtualServiceSpec.Scheduler"/>.</summary>
    public string SchedulerName { get; }

    /// <summary>The scheduler's flags.</summary>
    public SchedulerFlags SchedulerFlags { get; }

    /// <summary>How long a client stays with its server, or null without persistence.</summary>
    public TimeSpan? PersistenceTimeout { get; }

    /// <summary>Bits of the client's address that persistence looks at.</summary>
    public int PersistencePrefixLength { get; }

    /// <summary>Whether each packet is a connection of its own.</summary>
    public bool IsOnePacket { get; }

    /// <summary>The servers, newest first.</summary>
    public ServerPool Pool => Scheduler.Pool;

    /// <summary>
    /// From where those of its servers answer that are masqueraded. Port 0 stands for every port: of a service of every port, or of FTP,
    /// the port that was asked for stays the server's.
    /// </summary>
    public IReadOnlyList<(IpProtocol Protocol, Endpoint Server)> Masqueraded { get; }

    /// <summary>Number of the (protocol, VIP) pair, as in connection keys.</summary>
    internal uint VirtualAddress { get; }

    /// <summary>
    /// The port in the keys of its templates: FTP's are for its data connections too, and so for every port (Linux
    /// net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_sched_persist</c>).
    /// </summary>
    internal ushort TemplatePort => Key.Virtual.Port == FtpPorts.Control ? (ushort)0 : Key.Virtual.Port;

    /// <summary>What outlives this table.</summary>
    internal VirtualServiceState State { get; }

    /// <summary>Picks servers; to be called with <see cref="VirtualServiceState.Lock"/> held.</summary>
    internal Scheduler Scheduler { get; }

    /// <summary><see cref="PersistenceTimeout"/> in ticks, or 0.</summary>
    internal uint PersistenceTicks { get; }

    /// <summary>Whether this is what <paramref name="spec"/> asks for, leaving servers and their weights aside.</summary>
    internal bool HasSettingsOf(VirtualServiceSpec spec) =>
        SchedulerName == spec.Scheduler
        && SchedulerFlags == spec.SchedulerFlags
        && PersistenceTimeout == spec.PersistenceTimeout
        && PersistencePrefixLength == spec.PersistencePrefixLength
        && IsOnePacket == spec.IsOnePacket;
}
