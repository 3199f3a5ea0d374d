using Director.Datapath.Forwarding;
using Director.Datapath.Scheduling;
using Director.Datapath.Stats;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// A real server's live counters, one object for as long as its service lists it or a connection refers to it, so a server removed
/// and added again finds its connections again (Linux net/netfilter/ipvs/ip_vs_ctl.c, the destination trash). Shared by all workers:
/// connection counts change by interlocked adds, and only when a connection comes, goes or changes between active and inactive;
/// traffic is counted by each worker in lines of its own.
/// </summary>
public sealed class RealServerState
{
    /// <summary>Longs per worker in <see cref="Traffic"/>: two cache lines, as processors prefetch lines in pairs.</summary>
    internal const int TrafficStride = 16;

    /// <summary>Places within a worker's stride.</summary>
    internal const int PacketsPlace = 0, BytesPlace = 1, ConnectionsPlace = 2, OutPacketsPlace = 3, OutBytesPlace = 4;

    private int _active;
    private int _total;
    private int _persistent;
    private ConnectionThresholds _thresholds;
    private bool _isOverloaded;
    private ServerMark? _mark;
    private SpinLock _overloadLock = new(enableThreadOwnerTracking: false);
    private long _releasedAt;
    private ServerTraffic _zero;

    internal RealServerState(int id, RealServerKey key, VirtualServiceState service, int workers)
    {
        Id = id;
        Key = key;
        Service = service;

        // A stride before the first worker's keeps it off the line of the array's length, which all workers read.
        Traffic = new long[(workers + 1) * TrafficStride];
    }

    /// <summary>What names it.</summary>
    public RealServerKey Key { get; }

    /// <summary>Connections in an active state (TCP: ESTABLISHED, SYN_SENT, SYN_RECV, SYNACK).</summary>
    public int ActiveConnections => Volatile.Read(ref _active);

    /// <summary>All its connections; persistence templates are not among them.</summary>
    public int TotalConnections => Volatile.Read(ref _total);

    /// <summary>Connections that are not active, UDP flows among them.</summary>
    public int InactiveConnections => Math.Max(TotalConnections - ActiveConnections, 0);

    /// <summary>Persistence templates that lead to it.</summary>
    public int PersistentConnections => Volatile.Read(ref _persistent);

    /// <summary>Whether it has reached its upper threshold and not yet fallen below its lower one: schedulers pass it over.</summary>
    public bool IsOverloaded => Volatile.Read(ref _isOverloaded);

    /// <summary>Number of the server in tables and connections; taken again by another only when nothing refers to this one.</summary>
    internal int Id { get; }

    /// <summary>
    /// What translates its packets, once it has been masqueraded: connections of that time stay so. Table builds write it, once.
    /// </summary>
    internal Nat? Nat { get; set; }

    /// <summary>The service that it was last added to. Only table builds write it.</summary>
    internal VirtualServiceState Service { get; private set; }

    /// <summary>Counters of each worker, <see cref="TrafficStride"/> apart.</summary>
    internal long[] Traffic { get; }

    /// <summary>What is shown of its traffic. Only the thread that builds tables uses it.</summary>
    internal TrafficMeter Meter { get; } = new();

    /// <summary>How much of <see cref="SumTraffic"/> the sum of all servers holds already. As <see cref="Meter"/>.</summary>
    internal ServerTraffic Totalled { get; set; }

    /// <summary>Whether a connection or a template refers to it.</summary>
    internal bool IsReferred => TotalConnections > 0 || PersistentConnections > 0;

    /// <summary>When the last reference went, or <see cref="Removed"/> was called, whichever is later.</summary>
    internal MonoTime ReleasedAt => new(Volatile.Read(ref _releasedAt));

    /// <summary>What it has been sent since it was added to its service. Any thread.</summary>
    public ServerTraffic ReadTraffic() => SumTraffic() - _zero;

    /// <inheritdoc/>
    public override string ToString() => $"{Key.Server.ToString(Key.Service.Protocol)} of {Key.Service}";

    /// <summary>The place of a worker's counters in <see cref="Traffic"/>.</summary>
    internal static int TrafficOffset(int worker) => (worker + 1) * TrafficStride;

    /// <summary>Its load as wlc and lc see it, in 32 bits as the kernel does.</summary>
    internal int Overhead(OverheadRule rule)
    {
        var active = _active;
        var counted = rule == OverheadRule.Total ? _total : Math.Max(_total - active, 0);
        return unchecked((active << 8) + counted);
    }

    /// <summary>A connection, inactive so far, now refers to it.</summary>
    internal void Bind()
    {
        if (Interlocked.Increment(ref _total) == _thresholds.Upper) ReviewOverload(Change.Bound);
        TellChange();
    }

    /// <summary>A connection no longer does.</summary>
    internal void Unbind(bool wasActive, MonoTime now)
    {
        if (wasActive) Interlocked.Decrement(ref _active);
        Volatile.Write(ref _releasedAt, now.Nanoseconds);
        if (Interlocked.Decrement(ref _total) == _thresholds.Release - 1) ReviewOverload(Change.Unbound);
        TellChange();
    }

    /// <summary>A connection has become active.</summary>
    internal void Activate()
    {
        Interlocked.Increment(ref _active);
        TellChange();
    }

    /// <summary>A connection has become inactive.</summary>
    internal void Deactivate()
    {
        Interlocked.Decrement(ref _active);
        TellChange();
    }

    /// <summary>A template now leads to it.</summary>
    internal void BindTemplate() => Interlocked.Increment(ref _persistent);

    /// <summary>A template no longer does.</summary>
    internal void UnbindTemplate(MonoTime now)
    {
        Volatile.Write(ref _releasedAt, now.Nanoseconds);
        Interlocked.Decrement(ref _persistent);
    }

    /// <summary>Takes its thresholds into force. Only table builds call it.</summary>
    internal void SetThresholds(ConnectionThresholds thresholds)
    {
        if (thresholds == _thresholds) return;
        var taken = false;
        _overloadLock.Enter(ref taken);
        _thresholds = thresholds;

        // Who counts a connection meanwhile sees the new thresholds, or has its count seen here.
        Interlocked.MemoryBarrier();
        UpdateOverload(Change.Edited);
        _overloadLock.Exit();
        TellChange();
    }

    /// <summary>From now on tells <paramref name="mark"/> alone when a count or the overload flag has changed.</summary>
    internal void Watch(ServerMark mark)
    {
        _mark?.Abandon();
        Volatile.Write(ref _mark, mark);
    }

    /// <summary>No service lists it any more.</summary>
    internal void Removed(MonoTime now) => Volatile.Write(ref _releasedAt, now.Nanoseconds);

    /// <summary>
    /// A service lists it again. If that is another one than before, though of the same name, its traffic counts from here.
    /// </summary>
    internal void Revived(VirtualServiceState service)
    {
        if (ReferenceEquals(service, Service)) return;
        Service = service;
        _zero = SumTraffic();
        Meter.Zero();
    }

    /// <summary>What it has been sent since it was made. Any thread.</summary>
    internal ServerTraffic SumTraffic()
    {
        ServerTraffic sum = default;
        for (var at = TrafficStride; at < Traffic.Length; at += TrafficStride)
        {
            sum += new ServerTraffic(
                Volatile.Read(ref Traffic[at + ConnectionsPlace]),
                Volatile.Read(ref Traffic[at + PacketsPlace]),
                Volatile.Read(ref Traffic[at + BytesPlace]),
                Volatile.Read(ref Traffic[at + OutPacketsPlace]),
                Volatile.Read(ref Traffic[at + OutBytesPlace]));
        }

        return sum;
    }

    /// <summary>Says that a count or the overload flag has changed; what changed it, a lock's release too, is a full fence.</summary>
    private void TellChange() => Volatile.Read(ref _mark)?.Set();

    /// <summary>The count has met a threshold. Of workers that meet one at once, the last to come here reads the latest count.</summary>
    private void ReviewOverload(Change change)
    {
        var taken = false;
        _overloadLock.Enter(ref taken);
        UpdateOverload(change);
        _overloadLock.Exit();
    }

    private void UpdateOverload(Change change)
    {
        var (upper, release, total) = (_thresholds.Upper, _thresholds.Release, TotalConnections);
        if (upper == 0) Volatile.Write(ref _isOverloaded, false);
        else if (total >= (change == Change.Bound ? release : upper)) Volatile.Write(ref _isOverloaded, true);
        else if (total < (change == Change.Unbound ? upper : release)) Volatile.Write(ref _isOverloaded, false);
    }

    /// <summary>What may make a server overloaded, or end it.</summary>
    private enum Change
    {
        Bound,
        Unbound,
        Edited,
    }
}
