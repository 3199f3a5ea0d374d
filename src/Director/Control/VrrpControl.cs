using System.Threading.Channels;
using Director.Hosting;
using Director.Net;
using Director.Vrrp;
using Director.VrrpProcess;
using Microsoft.Extensions.Logging;

namespace Director.Control;

/// <summary>
/// The VRRP process as control sees it: told what to do, listened to, and remembered by what it said last. Standings are the control
/// loop's; <see cref="Heartbeat"/> may be called from any thread.
/// </summary>
internal sealed class VrrpControl(TimeProvider time, ILogger log) : IVrrpReload, IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, long> NoCounters = new Dictionary<string, long>();

    private readonly VrrpSupervisor _supervisor = new(VrrpCommand.OfThisProgram());
    private readonly Dictionary<string, VrrpStanding> _standings = [];
    private readonly Dictionary<string, (VrrpState State, DateTimeOffset Since)> _groups = [];
    private VrrpProcessSettings _settings = new();
    private long _shortestInterval = ControlLimits.LongestStall.Ticks;
    private bool _isStopping;

    /// <summary>Where BFD sessions stand.</summary>
    public BfdStandings Bfd { get; } = new(time);

    /// <summary>Datagrams that were for no virtual router here, by what was wrong with them.</summary>
    public IReadOnlyDictionary<string, long> Unclaimed { get; private set; } = NoCounters;

    /// <summary>Where a virtual router stands.</summary>
    public VrrpStanding StandingOf(string instance) =>
        _standings.GetValueOrDefault(instance) ?? new(null, time.GetUtcNow(), NoCounters);

    /// <summary>Where a sync group stands, and since when.</summary>
    public (VrrpState State, DateTimeOffset Since) StandingOfGroup(string group) =>
        _groups.TryGetValue(group, out var standing) ? standing : (VrrpState.Init, time.GetUtcNow());

    /// <summary>Starts the process; what it tells goes to <paramref name="events"/>.</summary>
    /// <param name="wanted">What the configuration asks of it.</param>
    /// <param name="staticVips">VIPs without a virtual router.</param>
    /// <param name="forwarding">Whose packets are steered; null if nothing is.</param>
    /// <param name="events">To control.</param>
    public void Start(
        VrrpProcessSettings wanted, IReadOnlyList<IpAddress128> staticVips, Forwarding? forwarding, ChannelWriter<ControlEvent> events)
    {
        _settings = wanted with
        {
            StaticAddresses = staticVips,
            VipMap = forwarding?.Vips.Handle,
            Epoch = forwarding?.Epoch?.Handle,
            SteeringLinks = [.. forwarding?.LinkHandles ?? []],
        };
        Volatile.Write(ref _shortestInterval, StallPatience.ShortestInterval(_settings.Instances).Ticks);
        _supervisor.Start(_settings);
        _ = PassOnAsync(events);
    }

    /// <summary>The shortest advert interval, by which it is known how long workers may stand still. Any thread.</summary>
    public TimeSpan ShortestInterval => TimeSpan.FromTicks(Volatile.Read(ref _shortestInterval));

    /// <summary>Says until when all workers have progressed, and what they may stand still for however short intervals are.</summary>
    public void Heartbeat(MonoTime served, TimeSpan shortestStall) => _supervisor.Heartbeat(served, shortestStall);

    /// <summary>Says how something is that routers track, now or after the next <see cref="Reload"/>.</summary>
    public void SetTracker(TrackerKey key, TrackerStatus status) => _supervisor.SetTracker(key, status);

    /// <summary>Asks for the counters; they come as events.</summary>
    public void RequestCounters() => _supervisor.RequestCounters();

    /// <inheritdoc/>
    public bool Reload(VrrpProcessSettings wanted, IReadOnlyList<IpAddress128> staticVips)
    {
        var settings = wanted with
        {
            StaticAddresses = staticVips,
            VipMap = _settings.VipMap,
            Epoch = _settings.Epoch,
            SteeringLinks = _settings.SteeringLinks,
        };
        if (!_supervisor.Reload(settings)) return false;
        Bfd.Keep(wanted.BfdSessions.Select(session => session.Name));
        _settings = settings;
        Volatile.Write(ref _shortestInterval, StallPatience.ShortestInterval(settings.Instances).Ticks);
        return true;
    }

    /// <summary>Has the process hold other links, so that steering outlives this one.</summary>
    public void Hold(IEnumerable<int> links) => _supervisor.Reload(_settings = _settings with { SteeringLinks = [.. links] });

    /// <summary>Puts other static VIPs in force, if they are others.</summary>
    public void SetStatic(IReadOnlyList<IpAddress128> staticVips)
    {
        if (staticVips.SequenceEqual(_settings.StaticAddresses)) return;
        log.LogInformation("VIPs without a vrrp_instance: {Vips}", staticVips.Count == 0 ? "none" : string.Join(", ", staticVips));
        _supervisor.Reload(_settings = _settings with { StaticAddresses = staticVips });
    }

    /// <summary>Takes in what the process told.</summary>
    public void Apply(VrrpReport report)
    {
        switch (report)
        {
            case VrrpStateReport state:
                var before = StandingOf(state.Instance);
                _standings[state.Instance] = before with
                {
                    Report = state,
                    Since = before.Report?.State == state.State ? before.Since : time.GetUtcNow(),
                };
                break;
            case VrrpGroupReport group:
                if (StandingOfGroup(group.Group).State != group.State) _groups[group.Group] = (group.State, time.GetUtcNow());
                break;
            case VrrpCountersReport { Instance.Length: 0, Counters: var unclaimed }:
                Unclaimed = VrrpReasons.Rejections(unclaimed);
                break;
            case VrrpCountersReport counters:
                _standings[counters.Instance] = StandingOf(counters.Instance) with
                {
                    Counters = VrrpReasons.Text(counters.Counters),
                    NewMasterReason = counters.Counters.NewMasterReason,
                    LastProtocolError = counters.Counters.LastProtocolError,
                    Rival = counters.Rival,
                };
                break;
            case BfdSessionReport session:
                Bfd.Apply(session);
                break;
            case VrrpLineReport line:
                log.Log(line.IsWarning ? LogLevel.Warning : LogLevel.Information, "{Line}", line.Text);
                break;
            case VrrpProcessReport process:
                log.Log(process.IsRunning || _isStopping ? LogLevel.Information : LogLevel.Warning, "{What}", process.Text);
                break;
        }
    }

    /// <summary>Has every master resign and the process end.</summary>
    public Task StopAsync()
    {
        _isStopping = true;
        return _supervisor.StopAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isStopping = true;
        return _supervisor.DisposeAsync();
    }

    private async Task PassOnAsync(ChannelWriter<ControlEvent> events)
    {
        await foreach (var report in _supervisor.Reports.ReadAllAsync())
            await events.WriteAsync(new ControlEvent.Vrrp(report));
    }
}
