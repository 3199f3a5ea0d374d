using System.Diagnostics;
using System.Globalization;
using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Director.Perf.Routers.Wire;
using Director.Tests.Lab;
using Director.Tests.Whole;

namespace Director.Tests.Interop;

/// <summary>
/// Two routers on one switch, A of priority 150 and B of 100 unless a case says otherwise, and what the wire saw of them. What is timed is
/// timed by the kernel's stamps of frames: it can be too early by nobody's fault but the program's, and too late by the machine's too.
/// </summary>
internal sealed class Duel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // The kernel draws a delay before it reports what it joins (net/ipv4/igmp.c, igmp_ifc_start_timer).
    private static readonly TimeSpan LongestJoin = TimeSpan.FromMilliseconds(60);

    private readonly Action<string> _tell;
    private readonly Peer[] _peers;

    public Duel(PeerKind a, PeerKind b, Action<string> tell, bool ipv6 = false, bool second = false)
    {
        _ = StallWatch.Instance;
        (Pair, _tell) = ($"{a}/{b}", tell);
        Lan = new VrrpLan(ipv6, second);
        _peers = [Make(a, Lan.A), Make(b, Lan.B)];

        Peer Make(PeerKind kind, Director.Lab.Namespaces.NetworkNamespace machine) => kind switch
        {
            PeerKind.N => new DirectorPeer(machine, Lan.Directory, DirectorProgram.Command[0]),
            PeerKind.K => new KeepalivedPeer(machine, Lan.Directory),
            _ => new FrrPeer(machine, Lan.Directory),
        };
    }

    /// <summary>Who plays A and B, as the matrix writes it.</summary>
    public string Pair { get; }

    public VrrpLan Lan { get; }

    public WireTap Tap => Lan.Tap;

    public Peer A => _peers[0];

    public Peer B => _peers[1];

    /// <summary>What A is told unless a case says otherwise.</summary>
    public static RouterPlan PlanA { get; } = new() { Priority = 150 };

    /// <summary>What B is told.</summary>
    public static RouterPlan PlanB { get; } = new() { Priority = 100 };

    /// <summary>Adverts of a machine, of one virtual router if given, since an instant.</summary>
    public IReadOnlyList<SeenAdvert> AdvertsOf(Peer peer, DateTime since = default, int? router = null) =>
        [.. Tap.Adverts.Where(advert => advert.From == peer.Machine.Role && advert.At >= since
            && (router is null || advert.Router == router))];

    /// <summary>The instant from which the wire is looked at.</summary>
    public static DateTime Now => DateTime.UtcNow;

    /// <summary>Starts a router; returns when it has joined its group: its timers begin then.</summary>
    public async Task<DateTime> StartAsync(Peer peer, params RouterPlan[] plan) => await StartAsync(peer, new PeerPlan(plan));

    /// <summary>Starts a router; returns when it has joined its group: its timers begin then.</summary>
    public async Task<DateTime> StartAsync(Peer peer, PeerPlan plan)
    {
        var since = Now;
        peer.Start(plan);
        return (await FindAsync($"{peer} listens", tap => tap.Joins.FirstOrDefault(
            join => join.From == peer.Machine.Role && join.At >= since && join.Group.ToString() is "224.0.0.18" or "ff02::12"))).At;
    }

    /// <summary>Waits for an advert of a machine that is as described.</summary>
    public Task<SeenAdvert> AdvertAsync(Peer peer, DateTime since, Func<SeenAdvert, bool>? which = null, TimeSpan? patience = null) =>
        FindAsync($"{peer} advertises", tap => tap.Adverts.FirstOrDefault(advert => advert.From == peer.Machine.Role && advert.At >= since
            && which?.Invoke(advert) != false), patience);

    /// <summary>Waits for an advert of A and then some, so that B has heard it and it is the steady state.</summary>
    public async Task SteadyAsync(Peer master, TimeSpan interval)
    {
        var first = await AdvertAsync(master, Now);
        await AdvertAsync(master, first.At + (interval / 2));
    }

    /// <summary>Waits for something on the wire; fails, saying what, if it does not come.</summary>
    public async Task<T> FindAsync<T>(string what, Func<WireTap, T?> find, TimeSpan? patience = null)
        where T : class
    {
        var found = await Tap.FindAsync(find, patience ?? Patience);
        if (found is null) Assert.Fail($"{Pair}: did not come: {what}\n{Picture()}");
        return found;
    }

    /// <summary>Waits for something else than the wire; fails, saying what, if it does not come.</summary>
    public async Task UntilAsync(string what, Func<bool> holds)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Delay(20))
            if (waited.Elapsed > Patience) Assert.Fail($"{Pair}: did not come: {what}\n{Picture()}");
    }

    /// <summary>
    /// Something took as long as it must: no less, but for the tolerance; no more, but for that and what this machine was seen to stand
    /// still meanwhile.
    /// </summary>
    /// <exception cref="MachineStoodStillException">It stood still for too long to say anything.</exception>
    public void Took(Peer by, string what, TimeSpan expected, DateTime from, DateTime to, Timing timing) =>
        Took(by, what, expected, expected, from, to, timing);

    /// <summary>
    /// The same from a router's start. When its timers began, the wire shows by its joining the group, which the kernel tells some
    /// milliseconds later: that much early is on time.
    /// </summary>
    public void TookFromStart(Peer by, string what, TimeSpan expected, DateTime joined, DateTime to, Timing timing) =>
        Took(by, what, expected - LongestJoin, expected, joined, to, timing);

    /// <summary>The same of something that may take so long or so long.</summary>
    public void Took(Peer by, string what, TimeSpan least, TimeSpan most, DateTime from, DateTime to, Timing timing)
    {
        var took = to - from;
        var stall = StallWatch.Instance.Longest(from, to);
        var told = string.Create(CultureInfo.InvariantCulture,
            $"{Pair}: {what}: {took.TotalMilliseconds:0.0} ms, {least.TotalMilliseconds:0.0}–{most.TotalMilliseconds:0.0} expected"
            + $"{(stall > TimeSpan.Zero ? $", machine stood still {stall.TotalMilliseconds:0.0}" : "")}");
        _tell(told);
        // Others than the director are excused without being asked: their being late is none of its faults.
        var excused = by is not DirectorPeer || stall > timing.MostExcused ? timing.MostExcused : stall;
        if (took >= least - timing.Tolerance && took <= most + timing.Tolerance + excused) return;
        if (took > most && stall > timing.MostExcused) throw new MachineStoodStillException(told);
        Assert.Fail($"{told}\n{Picture()}");
    }

    /// <summary>Whether a router has said nothing since an instant, but for what was under way while the machine stood still.</summary>
    public bool IsSilent(Peer peer, DateTime since) =>
        AdvertsOf(peer, since + TimeSpan.FromMilliseconds(10) + StallWatch.Instance.Longest(since, Now)).Count == 0;

    /// <summary>Something holds; fails with a picture of it all if not.</summary>
    public void Holds(bool condition, string what)
    {
        if (!condition) Assert.Fail($"{Pair}: does not hold: {what}\n{Picture()}");
    }

    /// <summary>Tells a figure.</summary>
    public void Tell(string what) => _tell($"{Pair}: {what}");

    /// <summary>What a director's first virtual router has counted; null of another program.</summary>
    public static async Task<IReadOnlyDictionary<string, long>?> CountersOfAsync(Peer peer) => peer is DirectorPeer director
        ? (await DirectorState.StatusAsync(director.RunDirectory)).Vrrp[0].Counters : null;

    /// <summary>Waits for a director to have counted something: its VRRP process tells the counters each second.</summary>
    public async Task CountsAsync(Peer director, string counter)
    {
        for (var waited = Stopwatch.StartNew(); (await CountersOfAsync(director))![counter] == 0; await Task.Delay(100))
            if (waited.Elapsed > Patience) Assert.Fail($"{Pair}: {director} does not count {counter}\n{Picture()}");
    }

    /// <summary>Whether an address is on one machine only.</summary>
    public bool OnlyOn(Peer owner, string address = VrrpLan.Vip) =>
        owner.Has(address) && !(owner == A ? B : A).Has(address);

    public void Dispose()
    {
        foreach (var peer in _peers) peer.Dispose();
        Lan.Dispose();
    }

    private string Picture()
    {
        var adverts = Tap.Adverts;
        return string.Join('\n', adverts.OrderBy(advert => advert.At).TakeLast(30).Select(advert => advert.ToString())
            .Concat(_peers.SelectMany(peer => peer.Lines.TakeLast(25).Select(line => $"{peer}: {line}"))));
    }
}
