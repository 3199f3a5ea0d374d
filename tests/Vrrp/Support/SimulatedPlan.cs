using Director.Net;
using Director.Net.Wire;
using Director.Vrrp;

namespace Director.Tests.Vrrp.Support;

/// <summary>
/// Who is on a simulated LAN and how they are set up, drawn from a seed, and what follows from that: how long anything may take there once
/// nothing goes wrong any more.
/// </summary>
internal sealed class SimulatedPlan
{
    /// <summary>The longest way of a datagram when nothing goes wrong.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);

    private static readonly int[] Adverts = [3, 3, 3, 2, 5];
    private static readonly double[] Intervals = [0.2, 0.5, 1, 2];

    public SimulatedPlan(Random random)
    {
        Version = random.Next(2) == 0 ? VrrpVersion.V2 : VrrpVersion.V3;
        DownTimerAdverts = Adverts[random.Next(Adverts.Length)];
        var (instances, isEqual, hasOwner) = (random.Next(3) == 0 ? 2 : 1, random.Next(4) == 0, random.Next(8) == 0);
        IsGrouped = random.Next(instances == 2 ? 2 : 8) == 0;
        IsSprayed = random.Next(3) == 0;
        (IsV6, IsUnicast) = (random.Next(3) == 0, random.Next(3) == 0);
        var interval = TimeSpan.FromSeconds(random.Next(1, 3));
        var count = random.Next(2, 6);
        for (var i = 0; i < count; i++)
        {
            var isOwner = hasOwner && i == 0;
            if (Version == VrrpVersion.V3) interval = TimeSpan.FromSeconds(Intervals[random.Next(Intervals.Length)]);
            var node = Some.Instance(isOwner ? VrrpPriority.Owner : isEqual ? (byte)100 : (byte)random.Next(1, 255)) with
            {
                Version = Version,
                AdvertInterval = interval,
                DownTimerAdverts = DownTimerAdverts,
                WantedState = isOwner ? VrrpState.Master : VrrpState.Backup,
                NoPreempt = !isOwner && random.Next(4) == 0,
                PreemptDelay = !isOwner && random.Next(4) == 0 ? TimeSpan.FromSeconds(2.5) : TimeSpan.Zero,
                LeavesLowerUnanswered = random.Next(8) == 0,
                AnswersHigher = random.Next(8) == 0,
                Garp = Some.Garp with { Repeat = 1, Delay = TimeSpan.Zero, LowerPriorityRepeat = 1, LowerPriorityDelay = TimeSpan.Zero },
                Tracked = [new(Light, random.Next(3) switch { 0 => 60, 1 => -60, _ => 0 })],
                Peers = IsUnicast ? [.. Enumerable.Range(0, count).Where(k => k != i).Select(k => new UnicastPeer(AddressOf(k)))] : [],
            };
            Nodes.Add([.. Enumerable.Range(0, instances).Select(k => node with
            {
                Name = $"VI_{k}",
                VirtualRouterId = (byte)(k + 1),
                Addresses = [new(Vip(k), IsV6 ? 64 : 24)],
            })]);
        }
    }

    /// <summary>What all track.</summary>
    public static TrackerKey Light { get; } = new(TrackerKind.Script, "light");

    /// <summary>The instances of each node; those of a node differ in name, number and address only.</summary>
    public List<VrrpInstanceSettings[]> Nodes { get; } = [];

    public VrrpVersion Version { get; }

    public int DownTimerAdverts { get; }

    /// <summary>Whether the instances of a node are a sync group.</summary>
    public bool IsGrouped { get; }

    /// <summary>Whether they speak by IPv6.</summary>
    public bool IsV6 { get; }

    /// <summary>Whether adverts go to each of the others instead of to the group.</summary>
    public bool IsUnicast { get; }

    /// <summary>Whether somebody sends datagrams that must be refused, more often than a master advertises.</summary>
    public bool IsSprayed { get; }

    public TimeSpan LongestInterval => Nodes.Max(node => node[0].AdvertInterval);

    public TimeSpan ShortestInterval => Nodes.Min(node => node[0].AdvertInterval);

    /// <summary>
    /// Liveness: <c>down_timer_adverts × longest interval + longest skew</c>. No backup waits longer, so by then there is a master, and
    /// from then on there always is.
    /// </summary>
    public TimeSpan Silence =>
        VrrpTimers.MasterDown(Version, LongestInterval, priority: 1, DownTimerAdverts);

    /// <summary>
    /// Safety: <c>longest interval + two ways</c>. So long after two masters can hear each other the one that ranks lower has heard an
    /// advert of the other and yielded.
    /// </summary>
    public TimeSpan Overlap => LongestInterval + (Delay * 2);

    /// <summary>
    /// Stability: <c>2 × silence + longest preempt_delay + overlap</c>. A router becomes master that will be preempted, is heard, left
    /// alone for the delay, then given up; after that nothing changes any more.
    /// </summary>
    public TimeSpan Settling => (Silence * 2) + Nodes.Max(node => node[0].PreemptDelay) + Overlap;

    /// <summary>The virtual address of an instance, the same on each node.</summary>
    public IpAddress128 Vip(int instance) =>
        IsV6 ? IpAddress128.FromHalves(0x2001_0db8_0009_0000, 0x100 + (ulong)instance) : IpAddress128.FromV4(0x0a090064u + (uint)instance);

    /// <summary>What a node's adverts come from.</summary>
    public IpAddress128 AddressOf(int node) =>
        IsV6 ? IpAddress128.FromHalves(0xfe80_0000_0000_0000, 1 + (ulong)node) : IpAddress128.FromV4(0x0a090001u + (uint)node);
}
