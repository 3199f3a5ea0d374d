using Director.Net;
using Director.Vrrp;

namespace Director.Tests.Vrrp.Support;

/// <summary>A router of a <see cref="SimulatedLan"/>: dead, paused or running.</summary>
internal sealed class SimulatedNode
{
    private readonly VrrpInstanceSettings _settings;
    private readonly ManualClock _clock;

    public SimulatedNode(VrrpInstanceSettings settings, IpAddress128 address, ManualClock clock, Action<SimulatedNode, byte[]> send)
    {
        (_settings, Address, _clock) = (settings, address, clock);
        Link.OnSend = datagram =>
        {
            if (Link.Status.IsUp) send(this, datagram);
        };
        Start();
    }

    public IpAddress128 Address { get; }

    public SimulatedLink Link { get; } = new();

    public VrrpRunner? Runner { get; private set; }

    public bool Paused { get; set; }

    public bool IsAlive => Runner is not null;

    public bool Runs => IsAlive && !Paused;

    public byte Priority => _settings.Priority;

    public VrrpState State => Runner!.Routers.First().State;

    public void Start()
    {
        Link.Forget();
        Link.Set(new(true, Address));
        Runner = new VrrpRunner(Link, Link, new RecordingObserver(null), _clock);
        Runner.Configure([_settings]);
    }

    public void Crash() => Runner = null;

    public void Stop()
    {
        Runner!.Shutdown();
        Runner = null;
    }
}
