using Director.Admin;
using Director.Checks;
using Director.Config;
using Director.Control;
using Director.Datapath.Stats;
using Director.Linux;
using Director.Linux.Host;
using Director.Linux.Processes;
using Director.Net;
using Director.Notifications;
using Director.Trackers;
using Director.Vrrp;
using Director.VrrpProcess;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// Brings the director up in order and takes it down in the reverse: datapath, VRRP process, checks, control loop. While it goes down the
/// VRRP process is first: it resigns and removes the VIPs while the workers still forward.
/// </summary>
internal sealed class DirectorService(
    DirectorSettings settings,
    DirectorConfig config,
    IConfigSource source,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    HangUp hangUp,
    ILoggerFactory loggers,
    ISystemdNotifier? manager = null) : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = loggers.CreateLogger("director");
    private readonly ILogger _checkLog = loggers.CreateLogger("checks");
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _timers = [];
    private readonly NextHopTable _nextHops = new();
    private RouteWatch? _watch;
    private RouteState? _routes;
    private IForwarding _forwarding = new NoForwarding("not started");
    private VrrpControl? _vrrp;
    private CheckRunner? _checks;
    private DirectorCore? _core;
    private ChildSpawner? _spawner;
    private TrackerRunner? _trackers;
    private Notifier? _notifier;
    private ControlLoop? _loop;
    private Reloader? _reloader;
    private Task _looping = Task.CompletedTask;
    private bool _progresses = true;

    /// <summary>What the process will exit with.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Runs <paramref name="application"/> until it is told to stop, and returns the exit code.</summary>
    public static async Task<int> RunAsync(WebApplication application, CancellationToken cancellation)
    {
        var director = (DirectorService)application.Services.GetService(typeof(DirectorService))!;
        try
        {
            await application.StartAsync(cancellation);
            await application.WaitForShutdownAsync(cancellation);
        }
        catch (StartRefusedException)
        {
            director.ExitCode = ExitCodes.Refused;
        }
        catch (OperationCanceledException)
        {
            // Told to stop before it was up: what was up by then goes with the application.
        }

        return director.ExitCode;
    }

    /// <summary>The state of this moment.</summary>
    public async Task<StatusDocument> StatusAsync(CancellationToken cancellation)
    {
        await CountOffloadedAsync(cancellation);
        return await AskAsync<StatusDocument>(answer => new ControlEvent.Status(answer), cancellation);
    }

    /// <summary>Takes other configurations into force, or says what they would change.</summary>
    public Reloader Reloads => _reloader!;

    /// <summary>Lets the estimates count from here on: a service's, or all. False if there is no such service.</summary>
    public Task<bool> ZeroAsync(ServiceKey? service, CancellationToken cancellation) =>
        AskAsync<bool>(answer => new ControlEvent.Zero(service, answer), cancellation);

    /// <summary>Every connection and template, some at a time: a list is good until the next is asked for.</summary>
    /// <exception cref="TimeoutException">A worker does not answer.</exception>
    public IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ConnectionsAsync(CancellationToken cancellation) =>
        _forwarding.ConnectionsAsync(cancellation);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            SetWorkersApart();
            _spawner = new ChildSpawner();
            await RunScriptAsync("startup_script", config.Globals, config.Globals.Startup, cancellationToken);
            var placement = LookAround();
            if (settings.Datapath.Mode != DatapathMode.None && config.VirtualServers.Count > 0)
                await Predecessor.LetGoAsync(_routes!, placement.AllDevices, settings.Datapath.HostDevice, _log, cancellationToken);
            BringUp(placement);
        }
        catch (LinuxException exception)
        {
            _log.LogCritical("{Why}", exception.Message);
            await TakeDownAsync();
            throw new StartRefusedException();
        }
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _notifier?.BeginStop();
        if (_vrrp is not null) await _vrrp.StopAsync();
        // The VIPs are gone by now; who is told of it gets the time for that.
        if (_notifier is not null) await _notifier.StopAsync();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => TakeDownAsync();

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await TakeDownAsync();
        _stop.Dispose();
    }

    private async Task<T> AskAsync<T>(Func<TaskCompletionSource<T>, ControlEvent> question, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _loop!.Events.WriteAsync(question(answer), cancellation);
        return await answer.Task.WaitAsync(cancellation);
    }

    // What is started from here on inherits it, the VRRP process too; workers go to their own processors themselves.
    private void SetWorkersApart()
    {
        if (!ProcessorList.TryParse(settings.Datapath.Processors, out var theirs)) return;
        var others = ThreadPinning.Allowed().Except(theirs).ToList();
        if (others.Count > 0) ThreadPinning.PinProcess(others);
    }

    private DatapathPlacement LookAround()
    {
        // Listen before looking, so that nothing falls between.
        _watch = new RouteWatch();
        _routes = new RouteState(_nextHops, loggers.CreateLogger("routes"));
        return DatapathPlacement.Find(config, _routes.Links(), _routes.Addresses(), _routes.FindRoute);
    }

    private void BringUp(DatapathPlacement placement)
    {
        var problems = ConfigSupport.Problems(config).Select(problem => problem.ToString()).Concat(placement.Errors).ToList();
        foreach (var problem in placement.Problems) _log.LogWarning("{Problem}", problem);
        var resolver = ScriptResolver.OfThisProcess(config.Globals.ScriptPolicy);
        foreach (var finding in ScriptFindings.Of(config, resolver)) _log.LogWarning("{Finding}", finding);
        foreach (var problem in problems) _log.LogError("{Problem}", problem);
        var findings = LookAtHost(placement);
        if (problems.Count > 0 || findings.Any(finding => finding.Severity == FindingSeverity.Error)) throw new StartRefusedException();

        _forwarding = StartForwarding(placement);
        _nextHops.SetDevices(_forwarding.Devices);
        var core = _core = new DirectorCore(_nextHops, settings.Ipvs.ToTimeouts());
        var lines = new List<string>();
        core.Configure(config, lines);
        _routes!.Refresh(placement.Routes);

        _checks = new CheckRunner(Report, new ProbeFactory(_spawner!, time).Make, time, new Random());
        _vrrp = new VrrpControl(time, loggers.CreateLogger("vrrp"));
        _trackers = new TrackerRunner(_spawner!, time, TellTracker, loggers.CreateLogger("tracking"));
        _notifier = new Notifier(_spawner!, settings.Mail, time, loggers.CreateLogger("notify"));
        _notifier.Configure(config, isReload: false);
        _loop = new ControlLoop(
            core, _forwarding, _routes, _checks, _vrrp, _trackers, _notifier, new StatusBuilder(time, findings), source, time, Leave,
            loggers);
        _loop.Publish();
        foreach (var line in lines) _checkLog.LogInformation("{Line}", line);
        _trackers.Replace(TrackerPlan.From(config), isReload: false).Commit();
        _vrrp.Start(VrrpPlan.From(config), placement.StaticVips, _forwarding as Forwarding, _loop.Events);
        _loop.StartChecks();
        _watch!.Start(_loop.Events);
        var second = new CountedTick(() => CountOffloadedAsync(_stop.Token), () => _loop.Events.TryWrite(new ControlEvent.Tick()));
        _timers.Add(time.CreateTimer(_ => second.Tick(), null, Second, Second));
        _timers.Add(new Heart(Beat));
        var reloader = _reloader = new Reloader(source, () => core.Config, _loop.Events, manager, _log);
        _timers.Add(reloader);
        hangUp.Subscribe(() => reloader.Signal("SIGHUP"));
        _looping = Task.Run(() => _loop.RunAsync(_stop.Token));
        _ = _looping.ContinueWith(
            task => Fail(task.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _log.LogInformation("{Version} serves {File}: {Routers} virtual router(s), {Services} virtual service(s)",
            ProductVersion.Text, source.Path, config.VrrpInstances.Count, config.VirtualServers.Count);
    }

    private IReadOnlyList<HostFinding> LookAtHost(DatapathPlacement placement)
    {
        if (settings.Datapath.Mode == DatapathMode.None && config.VrrpInstances.Count == 0) return [];
        var forwards = settings.Datapath.Mode != DatapathMode.None;
        if (forwards) _ = MemoryLock.TryRaise(ulong.MaxValue);
        var facts = HostFactsReader.Read([.. placement.AllDevices.Select(device => device.Name)]);
        // Where AF_PACKET will do, frames need no locked memory, and a program of somebody else's is let be; another director's is not.
        var needsXdp = settings.Datapath.Mode is DatapathMode.Xdp or DatapathMode.XdpGeneric;
        if (!needsXdp) facts = facts with { XdpHolds = [.. facts.XdpHolds.Where(hold => hold.IsDirectors)] };
        var findings = HostConflicts.Find(facts, needsXdp ? XdpSource.LockedBytes(placement.XdpDevices, settings.Datapath) : 0);
        foreach (var finding in findings)
            _log.Log(finding.Severity == FindingSeverity.Error ? LogLevel.Error : LogLevel.Warning, "{Finding}", finding);
        return findings;
    }

    private IForwarding StartForwarding(DatapathPlacement placement)
    {
        if (settings.Datapath.Mode == DatapathMode.None) return new NoForwarding("Datapath:Mode is none");
        if (config.VirtualServers.Count == 0) return new NoForwarding("no virtual_server is configured", isWanted: true);
        if (placement.Devices.Count == 0) return new NoForwarding("no device serves a VIP or reaches a real server", isWanted: true);
        ControlRehearsal.Run();
        var ipvs = settings.Ipvs.ToSettings() with { Overhead = settings.Datapath.Overhead };
        return Forwarding.Start(settings.Datapath, ipvs, placement, Fail, loggers.CreateLogger("datapath"));
    }

    private void Report(CheckEvent happened)
    {
        switch (happened)
        {
            case CheckConcluded concluded:
                if (!concluded.IsRepeated) _checkLog.LogInformation("{Line}", concluded.Line);
                // That what counts as up is up is nothing new to anybody.
                if (!concluded.IsFirst || !concluded.Passed) Tell(concluded);
                break;
            case CheckFailed failed:
                _checkLog.LogInformation("{Line}", failed.Line);
                break;
            case CheckHindered hindered:
                _checkLog.LogWarning("{Line}", hindered.Line);
                break;
            case CheckOverdue overdue:
                _checkLog.Log(overdue.IsOverdue ? LogLevel.Error : LogLevel.Information, "{Line}", overdue.Line);
                break;
            case HealthChanged or WeightShifted:
                Tell(happened);
                break;
        }
    }

    /// <summary>The runner may not be held up; a full channel is waited for elsewhere.</summary>
    private void Tell(CheckEvent happened)
    {
        var change = new ControlEvent.Check(happened);
        if (!_loop!.Events.TryWrite(change)) _ = _loop.Events.WriteAsync(change, _stop.Token).AsTask();
    }

    /// <summary>What is tracked concerns virtual routers, and the number in a file checks too. Any thread.</summary>
    private void TellTracker(TrackerKey key, TrackerStatus status)
    {
        _vrrp!.SetTracker(key, status);
        _loop?.TellFile(key, status);
    }

    /// <summary>A worker that does not answer is told of elsewhere; its counters are as old as that then.</summary>
    private async Task CountOffloadedAsync(CancellationToken cancellation)
    {
        try
        {
            await _forwarding.CountOffloadedAsync(cancellation);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _log.LogDebug("what is offloaded is not counted: {Why}", exception.Message);
        }
    }

    private TimeSpan Beat()
    {
        var shortest = TimeSpan.FromMilliseconds(settings.Datapath.ShortestStall);
        var (now, patience) = (MonotonicClock.Instance.Now, StallPatience.Of(_vrrp!.ShortestInterval, shortest));
        var period = StallPatience.HeartbeatsOf(patience);
        var served = _forwarding.ProgressedAt(now, period);
        _vrrp.Heartbeat(served, shortest);
        var stall = StallPatience.WarningOf(patience);
        var progresses = now - served < stall;
        if (progresses == _progresses) return period;
        _progresses = progresses;
        if (progresses) _log.LogInformation("all workers progress again");
        else _log.LogWarning("a worker has not progressed for {Period} ms", stall.TotalMilliseconds);
        return period;
    }

    /// <summary>The host has become another than the one that was started on; the next start finds out what it is now.</summary>
    private void Leave(string why)
    {
        if (ExitCode != ExitCodes.Success) return;
        _log.LogCritical("{Why}: leaving, so that the peer takes over and the next start finds what there is", why);
        ExitCode = ExitCodes.Refused;
        lifetime.StopApplication();
    }

    /// <summary>A mistake of ours: the process leaves, after the VRRP process has resigned, so that the peer takes over.</summary>
    private void Fail(Exception exception)
    {
        _log.LogCritical(exception, "internal error: leaving, so that the peer takes over");
        ExitCode = ExitCodes.Internal;
        lifetime.StopApplication();
    }

    private async Task TakeDownAsync()
    {
        if (_vrrp is not null) await _vrrp.DisposeAsync();
        _vrrp = null;
        foreach (var timer in _timers) timer.Dispose();
        _timers.Clear();
        if (_checks is not null) await _checks.DisposeAsync();
        if (_trackers is not null) await _trackers.DisposeAsync();
        if (_notifier is not null) await _notifier.DisposeAsync();
        _watch?.Dispose();
        _watch = null;
        if (!_stop.IsCancellationRequested) await _stop.CancelAsync();
        await _looping.ContinueWith(_ => { }, TaskScheduler.Default);
        _forwarding.Dispose();
        _forwarding = new NoForwarding("stopped");
        _routes?.Dispose();
        _routes = null;
        var globals = _core?.Config.Globals;
        _core = null;
        if (globals?.Shutdown is { } shutdown) await RunScriptAsync("shutdown_script", globals, shutdown, CancellationToken.None);
        _spawner?.Dispose();
        _spawner = null;
    }

    /// <summary>Runs a script of the host to its end. If it fails, all goes on without it.</summary>
    private async Task RunScriptAsync(string what, GlobalConfig globals, HostScriptConfig? asked, CancellationToken cancellation)
    {
        if (asked is null) return;
        var script = ScriptResolver.OfThisProcess(globals.ScriptPolicy).Resolve(asked.Script);
        var outcome = script.Command is { } command
            ? await ChildRun.RunAsync(_spawner!, command, asked.Timeout, time, cancellation)
            : new(null, false, script.Refusal);
        var level = outcome.IsSuccess ? LogLevel.Information : LogLevel.Warning;
        _log.Log(level, "{What} {Program}: {Outcome}", what, asked.Script.Program, outcome);
    }
}
