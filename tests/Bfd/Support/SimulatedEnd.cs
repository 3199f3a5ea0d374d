using Director.Bfd;
using Director.Net;
using Director.Tests.Vrrp.Support;

namespace Director.Tests.Bfd.Support;

/// <summary>One end of a <see cref="SimulatedPath"/>: a runner with one session, which can die and be born again.</summary>
internal sealed class SimulatedEnd(BfdSettings settings, ManualClock clock)
{
    private RecordingLink _link = new();
    private MonoTime _heardAt;
    private TimeSpan _detectionTime;

    public BfdSettings Settings { get; private set; } = settings;

    public BfdRunner? Runner { get; private set; }

    public BfdSession? Session => Runner?.Sessions.Single();

    public bool IsPaused { get; set; }

    public Action<SimulatedEnd, byte[]> OnSend { get; set; } = (_, _) => { };

    public int Falls { get; private set; }

    public MonoTime NextDeadline => Runner is null || IsPaused ? MonoTime.Never : Runner.NextDeadline;

    public void Start(ulong seed)
    {
        _link = new((_, packet) => OnSend(this, packet));
        Runner = new(_link, new RecordingBfdObserver(Observe), clock, seed);
        Runner.Configure([Settings]);
    }

    public void Crash() => (Runner, _link) = (null, new());

    public void Stop()
    {
        Runner?.Shutdown();
        Crash();
    }

    public void Configure(BfdSettings settings)
    {
        Settings = settings;
        Runner?.Configure([settings]);
        Remember();
    }

    public void Deliver(byte[] packet)
    {
        if (Runner is null) return;
        _link.Deliver(packet, new(Settings.Neighbor, Settings.Neighbor == SomeBfd.Peer ? SomeBfd.Own : SomeBfd.Peer, 255, false));
    }

    public void Turn()
    {
        if (Runner is null || IsPaused) return;
        var before = Session!.Counters.PacketsReceived;
        Runner.Turn();
        if (Session.Counters.PacketsReceived != before) _heardAt = clock.Now;
        Remember();
    }

    private void Remember() => _detectionTime = Session?.DetectionTime ?? default;

    private void Observe(BfdSession session, BfdEffect report)
    {
        if (report.Before == BfdState.Up && report.State == BfdState.Down) Falls++;
        if (report.Diagnostic != BfdDiagnostic.DetectionTimeExpired || report.State != BfdState.Down) return;
        // Never too early. How late is for those to say who know that nothing was paused.
        Assert.True(clock.Now - _heardAt >= _detectionTime, $"{clock.Now - _heardAt} of silence were believed, not {_detectionTime}");
    }
}
