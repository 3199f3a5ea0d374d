using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Ports;

namespace Director.Tests.Vrrp.Support;

/// <summary>A machine on a <see cref="SimulatedLan"/>: dead, paused or running.</summary>
internal sealed class SimulatedNode
{
    private static readonly ThreadLocal<ReceivedDatagrams> Room = new(() => new());

    private readonly ManualClock _clock;
    private readonly bool _isGrouped;
    private readonly List<string>? _log;
    private VrrpInstanceSettings[] _instances;

    public SimulatedNode(
        VrrpInstanceSettings[] instances, bool isGrouped, IpAddress128 address, ManualClock clock, Action<SimulatedNode, byte[]> send,
        List<string>? log)
    {
        (_instances, _isGrouped, Address, _clock, _log) = (instances, isGrouped, address, clock, log);
        Link.OnSend = datagram =>
        {
            if (Link.Status.IsUp) send(this, datagram);
        };
        Start();
    }

    public IpAddress128 Address { get; }

    /// <summary>What its interface is like when nothing is wrong with it.</summary>
    public LinkStatus Connected => Address.IsV4 ? new(true, Address) : new(true, default, Address);

    public SimulatedLink Link { get; } = new();

    public VrrpRunner? Runner { get; private set; }

    /// <summary>Its routers, in the order of its instances; those of its last life while it is dead.</summary>
    public VrrpRouter[] Routers { get; private set; } = [];

    public MonoTime NextDeadline { get; private set; }

    public bool Paused { get; set; }

    public bool IsAlive => Runner is not null;

    public bool Runs => IsAlive && !Paused;

    public VrrpInstanceSettings Settings => _instances[0];

    public bool IsMaster(int instance) => IsAlive && Routers[instance].State == VrrpState.Master;

    /// <summary>Finds what a crash has left behind.</summary>
    public void Start()
    {
        Link.Leftovers.Clear();
        Link.Leftovers.AddRange(Link.Addresses);
        Link.Forget();
        Link.Set(Connected);
        Runner = new VrrpRunner(Link, Link, new RecordingObserver(_log), _clock, Room.Value);
        Runner.SetTracker(SimulatedPlan.Light, TrackerStatus.Up);
        Configure();
        Routers = [.. Runner.Routers];
    }

    /// <summary>A reload that changes the priority.</summary>
    public void Reload(byte priority)
    {
        _instances = [.. _instances.Select(instance => instance with { Priority = priority })];
        Configure();
    }

    public void Crash() => Runner = null;

    public void Stop()
    {
        Runner!.Shutdown();
        Runner = null;
    }

    public void Turn()
    {
        Runner!.Turn();
        NextDeadline = Runner.NextDeadline;
    }

    /// <summary>Something has happened that its timers do not tell.</summary>
    public void Touch() => NextDeadline = MonoTime.Zero;

    public override string ToString() => $"{Address} {Settings.Priority}{(Settings.NoPreempt ? " nopreempt" : "")} every "
        + $"{Settings.AdvertInterval.TotalSeconds} s: " + (IsAlive
            ? string.Join(", ", Routers.Select(router => $"{router.State} {router.EffectivePriority}"))
            : "dead");

    private void Configure()
    {
        Runner!.Configure(_instances, _isGrouped
            ? [new() { Name = "G", Members = [.. _instances.Select(instance => instance.Name)], AllowsMemberWeights = true }]
            : []);
        Touch();
    }
}
