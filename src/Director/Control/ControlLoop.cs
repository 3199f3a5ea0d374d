using System.Threading.Channels;
using Director.Checks;
using Director.Checks.Probes;
using Director.Datapath.Stats;
using Director.Linux;
using Director.Linux.Netlink;
using Director.Net;
using Director.Notifications;
using Director.Reloading;
using Director.Reloading.Parts;
using Director.Trackers;
using Director.Vrrp;
using Director.VrrpProcess;
using Microsoft.Extensions.Logging;

namespace Director.Control;

/// <summary>
/// The one place where state changes: takes events one at a time, applies them to the core, and publishes what follows to the datapath, the
/// checks and the VRRP process. Several events that wait together are published once.
/// </summary>
internal sealed class ControlLoop
{
    /// <summary>Events that may wait; whoever finds the channel full waits, and the kernel's own queue holds the rest.</summary>
    private const int MaxWaiting = 4096;

    /// <summary>
    /// Seconds between rounds of all routes and neighbours: of routes, and of a path's MTU that the kernel learns, we are not told. The
    /// datapath is published anew then, and forgets what nothing refers to any more.
    /// </summary>
    private const int RefreshTicks = 10;

    /// <summary>Steps of a reload that the log tells one by one; whoever asked for it is told all.</summary>
    private const int MaxStepsLogged = 100;

    /// <summary>Seconds between ticks of the rate estimator.</summary>
    private static readonly int EstimateTicks = (int)TrafficEstimator.Period.TotalSeconds;

    private readonly Channel<ControlEvent> _events =
        Channel.CreateBounded<ControlEvent>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly DirectorCore _core;
    private readonly IForwarding _forwarding;
    private readonly RouteState _routes;
    private readonly CheckRunner _checks;
    private readonly VrrpControl _vrrp;
    private readonly TrackerRunner _trackers;
    private readonly QuorumTrackers _quorums;
    private readonly Notifier _notifier;
    private readonly StatusBuilder _status;
    private readonly ReloadProcedure _reload;
    private readonly IConfigSource _source;
    private readonly Action<string> _leave;
    private readonly ILogger _log;
    private readonly ILogger _checkLog;
    private readonly CheckControl _rules;

    /// <summary>What is to be told once it is in force: whoever reads it and acts on it finds it so.</summary>
    private readonly List<Action> _whenInForce = [];

    private bool _routesMayHaveChanged;
    private int _ticks;

    public ControlLoop(
        DirectorCore core, IForwarding forwarding, RouteState routes, CheckRunner checks, VrrpControl vrrp, TrackerRunner trackers,
        Notifier notifier, StatusBuilder status, IConfigSource source, TimeProvider time, Action<string> leave, ILoggerFactory loggers)
    {
        (_core, _forwarding, _routes, _checks, _vrrp, _status, _source) = (core, forwarding, routes, checks, vrrp, status, source);
        (_trackers, _quorums, _notifier) = (trackers, new(vrrp.SetTracker), notifier);
        _leave = leave;
        _log = loggers.CreateLogger("control");
        _checkLog = loggers.CreateLogger("checks");
        _rules = new(core, checks, notifier, time, _checkLog);
        _reload = new(core, forwarding, routes, vrrp,
            [
                new RoutesPart(routes),
                new DatapathPart(core, forwarding, routes, _checkLog),
                new ChecksPart(checks, config =>
                {
                    foreach (var session in config.BfdInstances) TellChecks(session.Name);
                    _rules.TellFiles(trackers.Snapshot());
                }),
                new NotificationsPart(notifier, core),
                new TrackersPart(plan => trackers.Replace(plan, isReload: true), _quorums, core),
                new VrrpPart(vrrp),
            ],
            source, time);
    }

    /// <summary>Where events go; from any thread.</summary>
    public ChannelWriter<ControlEvent> Events => _events.Writer;

    /// <summary>Takes events until cancelled. An event that the kernel refuses something for is logged, and the next is taken.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await WaitAsync(cancellation))
        {
            var changed = false;
            while (_events.Reader.TryRead(out var happened))
            {
                try
                {
                    changed |= Apply(happened);
                }
                catch (LinuxException exception)
                {
                    _log.LogError("{What}", exception.Message);
                }
            }

            // Once for all that has changed: a link that comes up brings addresses and routes with it.
            if (_routesMayHaveChanged) changed |= TryRefreshRoutes();
            else if (_routes.IsInRound) changed |= TryStepRound();
            if (changed) Publish();
            _rules.Suspend(_routes.OwnAddresses);
            _quorums.Tell(_core);
            foreach (var tell in _whenInForce) tell();
            _whenInForce.Clear();
        }
    }

    /// <summary>Waits for an event, unless there is a round of routes to go on with between events.</summary>
    private async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (!_routes.IsInRound) return await _events.Reader.WaitToReadAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
        return true;
    }

    /// <summary>Begins with the checks of the configuration in force. Before the loop runs, and after the trackers.</summary>
    public void StartChecks()
    {
        _rules.Replace(_core.Config);
        _rules.Suspend(_routes.OwnAddresses);
        _rules.TellFiles(_trackers.Snapshot());
        _notifier.ConfigureServices(_core.Config, _core.Pool);
    }

    /// <summary>The number in a file that checks may look at. Any thread.</summary>
    public void TellFile(TrackerKey key, TrackerStatus status) => _rules.TellFile(key, status);

    /// <summary>Has the datapath do what the core wants. On the loop's thread, or before it runs.</summary>
    public void Publish()
    {
        try
        {
            _forwarding.Publish(_core.Desired(), _routes.OwnAddresses, _core.Timeouts);
            _quorums.Tell(_core);
        }
        catch (LinuxException exception)
        {
            _log.LogError("the services in force stay as they were: {Why}", exception.Message);
        }
    }

    private bool Apply(ControlEvent happened)
    {
        switch (happened)
        {
            case ControlEvent.Check check: return _rules.Apply(check.Happened);
            case ControlEvent.Route route: return Apply(route.Change);
            case ControlEvent.Tick: return Tick();
            case ControlEvent.Reload reload: return Reload(reload);
            case ControlEvent.Plan plan:
                plan.Answer.TrySetResult(_reload.Plan(plan.Read));
                return false;
            case ControlEvent.Vrrp vrrp:
                Apply(vrrp.Report);
                _notifier.Apply(vrrp.Report);
                return false;
            case ControlEvent.Zero zero:
                zero.Answer.TrySetResult(_forwarding.Zero(zero.Service));
                return false;
            case ControlEvent.Status status:
                status.Answer.TrySetResult(
                    _status.Build(_core, _forwarding, _checks, _vrrp, [.. _trackers.Snapshot(), .. _quorums.Snapshot()],
                        _notifier.Snapshot(), _reload.Status, _source));
                return false;
            default: return false;
        }
    }

    private void Apply(VrrpReport report)
    {
        var session = (report as BfdSessionReport)?.Session;
        var before = session is null ? null : _vrrp.Bfd.IsUp(session);
        _vrrp.Apply(report);
        if (session is not null && _vrrp.Bfd.IsUp(session) != before) TellChecks(session);
    }

    private void TellChecks(string session)
    {
        if (_vrrp.Bfd.IsUp(session) is not { } isUp) return;
        var standing = _vrrp.Bfd.Of(session)!.Value.Report;
        _checks.Tell(new BfdProbeSettings(session), isUp ? ProbeResult.Success : ProbeResult.Failure(standing.Diagnostic.ToString()));
    }

    private bool Apply(RouteChange change)
    {
        switch (change.Kind)
        {
            case RouteChangeKind.LinkSet or RouteChangeKind.LinkRemoved:
                _routesMayHaveChanged = true;
                return false;
            case RouteChangeKind.AddressSet or RouteChangeKind.AddressRemoved:
                _routesMayHaveChanged = true;
                if (_core.IsStaticVip(change.Address.Address)) _vrrp.SetStatic(StaticVips());
                return false;
            case RouteChangeKind.Overrun:
                _log.LogInformation("the kernel told of more changes than could be taken in: looking at all of them again");
                _vrrp.SetStatic(StaticVips());
                return RefreshRoutes();
            default:
                return _routes.Apply(change);
        }
    }

    private bool Tick()
    {
        if (++_ticks % EstimateTicks == 0) _forwarding.Estimate();
        _vrrp.RequestCounters();
        var changed = WatchDatapath() | _rules.Tick();
        if (_ticks % RefreshTicks != 0) return changed | _routes.Resolve();
        _routes.BeginRound(_core.Servers);
        return true;
    }

    private bool RefreshRoutes()
    {
        _routesMayHaveChanged = false;
        return _routes.Refresh(_core.Servers);
    }

    /// <summary>
    /// Whoever may use bpf(2) can take a program off its device, and whoever may use ip(8) or ethtool(8) change the device. Until that is
    /// noticed the host answers clients with a RST, or frames are dropped: it is looked for every second, and when links change. Says
    /// whether next hops may be others now.
    /// </summary>
    private bool WatchDatapath()
    {
        try
        {
            if (_forwarding.FindChange() is { } why)
            {
                _leave(why);
                return false;
            }

            var repaired = _forwarding.Repair();
            if (repaired.Count == 0) return false;
            _whenInForce.AddRange(repaired.Select<string, Action>(what => () => _log.LogWarning("{What}", what)));
            _vrrp.Hold(_forwarding.LinkHandles);
            _core.NextHops.SetDevices(_forwarding.Devices);
            return true;
        }
        catch (LinuxException refusal)
        {
            _leave(refusal.Message);
            return false;
        }
    }

    private bool TryRefreshRoutes()
    {
        try
        {
            return WatchDatapath() | RefreshRoutes();
        }
        catch (LinuxException exception)
        {
            _log.LogError("{What}", exception.Message);
            return false;
        }
    }

    private bool TryStepRound()
    {
        try
        {
            return _routes.StepRound();
        }
        catch (LinuxException exception)
        {
            _log.LogError("{What}", exception.Message);
            return false;
        }
    }

    private IReadOnlyList<IpAddress128> StaticVips() =>
        [.. _routes.Addresses().Select(entry => entry.Address).Where(_core.IsStaticVip).Distinct()];

    private bool Reload(ControlEvent.Reload reload)
    {
        var answer = _reload.Apply(reload.Read);
        foreach (var line in answer.Diagnostics) _log.LogWarning("{Diagnostic}", line);
        foreach (var line in answer.Refusals.Except(answer.Diagnostics)) _log.LogError("{Refusal}", line);
        if (answer.Exception is { } exception and not LinuxException) _log.LogError(exception, "reload");
        if (!answer.Applied) _log.LogError("reload refused, the configuration in force stays");
        else if (answer.Plan.Count == 0) _log.LogInformation("reload: nothing changed");
        foreach (var step in answer.Plan.Take(MaxStepsLogged)) _log.LogInformation("reload: {Step}", step);
        if (answer.Plan.Count > MaxStepsLogged) _log.LogInformation("reload: and {Count} more", answer.Plan.Count - MaxStepsLogged);
        _whenInForce.Add(() => reload.Answer.TrySetResult(answer));
        return false;
    }
}
