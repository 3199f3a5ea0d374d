using Director.Datapath.Scheduling;
using Director.Net;

namespace Director.Datapath;

/// <summary>A virtual service as the control side wants it. A forwarding table is a pure function of a list of these.</summary>
/// <param name="Key">Protocol, VIP and port.</param>
/// <param name="Scheduler">Name as keepalived and ipvsadm write it, such as <c>wlc</c>.</param>
/// <param name="PersistenceTimeout">How long a client stays with its server, or null without persistence.</param>
/// <param name="PersistencePrefixLength">Bits of the client's address that persistence looks at: 0–32 (IPv4), 0–128 (IPv6).</param>
/// <param name="Servers">
/// The pool, the server added last first, as the kernel lists it (Linux net/netfilter/ipvs/ip_vs_ctl.c). A table build keeps the order
/// of the servers that its predecessor had, and puts those that join before them, in this order.
/// </param>
public sealed record VirtualServiceSpec(
    ServiceKey Key,
    string Scheduler,
    TimeSpan? PersistenceTimeout,
    int PersistencePrefixLength,
    IReadOnlyList<RealServerSpec> Servers)
{
    /// <summary>Whether each packet is scheduled by itself and leaves no connection (<c>ops</c>); UDP only.</summary>
    public bool IsOnePacket { get; init; }

    /// <summary>Flags of the scheduler; none unless said.</summary>
    public SchedulerFlags SchedulerFlags { get; init; }

    /// <summary>Whether <paramref name="other"/> asks for the same, of the same servers in the same order.</summary>
    public bool Equals(VirtualServiceSpec? other) => ReferenceEquals(this, other) || (other is not null
        && Key == other.Key
        && Scheduler == other.Scheduler
        && SchedulerFlags == other.SchedulerFlags
        && PersistenceTimeout == other.PersistenceTimeout
        && PersistencePrefixLength == other.PersistencePrefixLength
        && IsOnePacket == other.IsOnePacket
        && Servers.SequenceEqual(other.Servers));

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();
}
