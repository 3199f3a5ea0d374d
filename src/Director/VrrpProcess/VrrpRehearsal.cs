using System.Reflection;
using System.Runtime.CompilerServices;
using Director.Linux.Bfd;
using Director.Linux.Netlink;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;
using Director.Vrrp.Wire;

namespace Director.VrrpProcess;

/// <summary>
/// Compiles what the VRRP process will run before it runs it: a virtual router lives through all its states on a link that goes
/// nowhere, and the kernel's side is compiled without being called. So neither the first advert nor the first takeover waits for the
/// compiler.
/// </summary>
internal sealed class VrrpRehearsal : IVrrpLink, IVrrpObserver, IMonoClock
{
    private const BindingFlags AllMethods =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string?[] Kernel =
        [typeof(RawVrrpLink).Namespace, typeof(RouteSocket).Namespace, typeof(UdpBfdLink).Namespace];

    private readonly Queue<byte[]> _received = new();
    private readonly Queue<LinkEvent> _events = new();
    private bool _isUp = true;
    private IpAddress128 _from;
    private IpAddress128 _to;

    private VrrpRehearsal()
    {
    }

    /// <inheritdoc/>
    public MonoTime Now { get; private set; } = MonoTime.Zero + TimeSpan.FromSeconds(1);

    /// <summary>Those of a virtual router that any may play with.</summary>
    public static VrrpInstanceSettings Settings { get; } = new()
    {
        Name = "rehearsal",
        Interface = "none",
        VirtualRouterId = 1,
        Priority = 100,
        WantedState = VrrpState.Backup,
        AdvertInterval = TimeSpan.FromSeconds(1),
        Garp = new()
        {
            Repeat = 1,
            Delay = TimeSpan.FromSeconds(1),
            Refresh = TimeSpan.Zero,
            RefreshRepeat = 1,
            LowerPriorityRepeat = 1,
            LowerPriorityDelay = TimeSpan.FromSeconds(1),
        },
        Password = VrrpPassword.FromText("none"),
        Addresses = [new(IpAddress128.FromV4(0xc000_0203), 24)],
    };

    private static IpAddress128 Own => IpAddress128.FromV4(0xc000_0201);

    private static IpAddress128 Peer => IpAddress128.FromV4(0xc000_0202);

    private static IpAddress128 OwnV6 => IpAddress128.FromHalves(0xfe80_0000_0000_0000, 1);

    private static IpAddress128 PeerV6 => IpAddress128.FromHalves(0xfe80_0000_0000_0000, 2);

    private static VrrpInstanceSettings OverIpv6 => Settings with
    {
        Version = VrrpVersion.V3, Password = null, Addresses = [new(IpAddress128.FromHalves(0xfe80_0000_0000_0000, 3), 128)],
        Peers = [new(PeerV6)],
    };

    /// <summary>Takes some tens of milliseconds.</summary>
    public static void Run()
    {
        foreach (var type in typeof(RawVrrpLink).Assembly.GetTypes())
        {
            if (!Kernel.Contains(type.Namespace)) continue;
            foreach (var method in type.GetMethods(AllMethods))
            {
                if (!method.IsAbstract && !method.ContainsGenericParameters && !type.ContainsGenericParameters)
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }

        new VrrpRehearsal().Play(Settings, Peer, AdvertisementDatagram.GroupV4);
        new VrrpRehearsal().Play(OverIpv6, PeerV6, OwnV6);
    }

    /// <inheritdoc/>
    public int Open(string interfaceName) => 0;

    /// <inheritdoc/>
    public void SetVirtualAddresses(IReadOnlySet<IpAddress128> addresses)
    {
    }

    /// <inheritdoc/>
    public LinkStatus StatusOf(int link) => new(_isUp, Own, OwnV6);

    /// <inheritdoc/>
    public IReadOnlyList<IpAddress128> RemoveLeftovers() => [];

    /// <inheritdoc/>
    public void Wait(MonoTime deadline) => Now = deadline;

    /// <inheritdoc/>
    public bool TryReadEvent(out LinkEvent changed) => _events.TryDequeue(out changed);

    /// <inheritdoc/>
    public bool Receive(ReceivedDatagrams datagrams)
    {
        while (_received.TryDequeue(out var datagram))
        {
            datagram.CopyTo(datagrams.Free);
            datagrams.Append(0, datagram.Length);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Send(int link, IpAddress128 destination, ReadOnlySpan<byte> datagram) => true;

    /// <inheritdoc/>
    public void Listen(IReadOnlyList<AdvertSubscription> subscriptions)
    {
    }

    /// <inheritdoc/>
    public long TakeRouted(in AdvertSubscription subscription) => 0;

    /// <inheritdoc/>
    public long TakeUnknown() => 0;

    /// <inheritdoc/>
    public MacAddress? SenderOf(in AdvertSubscription subscription, IpAddress128 source) => null;

    /// <inheritdoc/>
    public bool AddAddress(int link, VirtualAddress address) => true;

    /// <inheritdoc/>
    public bool RemoveAddress(int link, VirtualAddress address) => true;

    /// <inheritdoc/>
    public bool HasAddress(int link, IpAddress128 address) => false;

    /// <inheritdoc/>
    public bool Announce(int link, IpAddress128 address) => true;

    /// <inheritdoc/>
    public void StateChanged(VrrpRouter router, in VrrpEffect report) => VrrpLines.Of(router.Settings, report);

    /// <inheritdoc/>
    public void GroupChanged(SyncGroup group) => VrrpLines.Of(group);

    /// <inheritdoc/>
    public void Noticed(VrrpRouter router, in VrrpEffect notice) => VrrpLines.Of(router.Settings, router.EffectivePriority, notice);

    /// <inheritdoc/>
    public void Rejected(VrrpRouter router, AdvertisementRejection reason, IpAddress128 source) =>
        VrrpLines.Of(router.Settings, reason, source);

    /// <inheritdoc/>
    public void HeardRival(VrrpRouter router, in RivalMaster rival) => VrrpLines.Of(router.Settings, rival);

    /// <inheritdoc/>
    public void HeardOtherChecksum(VrrpRouter router, ChecksumForm form, IpAddress128 source) =>
        VrrpLines.Of(router.Settings, form, source);

    /// <inheritdoc/>
    public void HeardOtherAddresses(VrrpRouter router, IpAddress128 source) => VrrpLines.OfOtherAddresses(router.Settings, source);

    /// <inheritdoc/>
    public void HeardUnknown(byte virtualRouterId, IpAddress128 source) => VrrpLines.OfUnknown(virtualRouterId, source);

    /// <inheritdoc/>
    public void Failed(VrrpRouter router, LinkFailure failure, IpAddress128 address) => VrrpLines.Of(router.Settings, failure, address);

    private void Play(VrrpInstanceSettings settings, IpAddress128 from, IpAddress128 to)
    {
        var runner = new VrrpRunner(this, NoSteering.Instance, this, this);
        var peer = new AdvertisementDatagram(settings);
        (_from, _to) = (from, to);
        runner.Configure([settings]);
        Hear(runner, peer, 1);
        Step(runner);
        Step(runner);
        Hear(runner, peer, 1);
        Hear(runner, peer, 255);
        Hear(runner, peer, 0);
        Step(runner);
        _received.Enqueue([0]);
        _events.Enqueue(new(0, settings.Addresses[0].Address));
        runner.Turn();
        SetUp(runner, false);
        SetUp(runner, true);
        PlayTogether(runner, settings);
        runner.Shutdown();
    }

    /// <summary>The same with a sync group and something tracked.</summary>
    private void PlayTogether(VrrpRunner runner, VrrpInstanceSettings first)
    {
        var (light, heavy) = (new TrackerKey(TrackerKind.Script, "light"), new TrackerKey(TrackerKind.Script, "heavy"));
        var second = first with { Name = "second", VirtualRouterId = 2, Tracked = [new(light, 1), new(heavy)] };
        runner.Configure([first, second], [new() { Name = "group", Members = [first.Name, second.Name] }]);
        runner.SetTracker(light, TrackerStatus.Up);
        runner.SetTracker(heavy, TrackerStatus.Up);
        for (var i = 0; i < 100 && runner.Groups.First().State != VrrpState.Master; i++) Step(runner);
        Hear(runner, new(first), 255);
        runner.SetTracker(heavy, TrackerStatus.Down);
        runner.SetTracker(heavy, TrackerStatus.Up);
    }

    private void Step(VrrpRunner runner)
    {
        Wait(runner.NextDeadline);
        runner.Turn();
    }

    private void Hear(VrrpRunner runner, AdvertisementDatagram peer, byte priority)
    {
        _received.Enqueue(peer.Next(_from, _to, priority).ToArray());
        runner.Turn();
    }

    private void SetUp(VrrpRunner runner, bool up)
    {
        _isUp = up;
        _events.Enqueue(new(0, default));
        runner.Turn();
    }
}
