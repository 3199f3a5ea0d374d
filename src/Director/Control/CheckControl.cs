using Director.Checks;
using Director.Checks.Probes;
using Director.Config;
using Director.Net;
using Director.Notifications;
using Director.Trackers;
using Director.Vrrp;
using Microsoft.Extensions.Logging;

namespace Director.Control;

/// <summary>
/// What follows from checks: for the pools, for the log and for those who are told. The control loop's own, but for
/// <see cref="TellFile"/>.
/// </summary>
internal sealed class CheckControl(DirectorCore core, CheckRunner checks, Notifier notifier, TimeProvider time, ILogger log)
{
    private readonly long _origin = time.GetTimestamp();

    private DirectorConfig? _suspendedFor;
    private IReadOnlyCollection<IpAddress128>? _own;

    private MonoTime Now => MonoTime.Zero + time.GetElapsedTime(_origin);

    /// <summary>Sets the checks of a configuration that the core has taken into force.</summary>
    public void Replace(DirectorConfig config) => checks.Replace(CheckPlan.From(config));

    /// <summary>Takes in what a check said; whether pools are others now.</summary>
    public bool Apply(CheckEvent happened)
    {
        var lines = new List<string>();
        var service = happened.Server.Service;
        switch (happened)
        {
            case CheckConcluded concluded:
                notifier.Apply(concluded);
                return false;
            case HealthChanged health:
                core.Apply(service, happened.Server.Server, health.IsUp, lines, Now);
                if (core.FindPool(service) is { } pool) notifier.Apply(health.Server, pool);
                break;
            case WeightShifted weight:
                core.Apply(service, happened.Server.Server, weight.Shift, lines);
                log.LogInformation("{Line}", weight.Line);
                if (core.FindPool(service) is { } weighed) notifier.LookAtQuorum(service, weighed);
                break;
        }

        foreach (var line in lines) log.LogInformation("{Line}", line);
        return lines.Count > 0;
    }

    /// <summary>A second has passed; whether weights are others now.</summary>
    public bool Tick()
    {
        checks.FindOverdue();
        return core.Rise(Now);
    }

    /// <summary>Has checks made or not as their VIPs are on this host. Costs nothing while neither changes.</summary>
    public void Suspend(IReadOnlyCollection<IpAddress128> own)
    {
        if (ReferenceEquals(_own, own) && ReferenceEquals(_suspendedFor, core.Config)) return;
        (_own, _suspendedFor) = (own, core.Config);
        checks.Suspend(CheckPlan.Met(core.Config, own));
    }

    /// <summary>The numbers in all files as they are.</summary>
    public void TellFiles(IEnumerable<TrackerSnapshot> trackers)
    {
        foreach (var tracker in trackers) TellFile(tracker.Key, tracker.Status);
    }

    /// <summary>The number in a file. Any thread.</summary>
    public void TellFile(TrackerKey key, TrackerStatus status)
    {
        if (key.Kind != TrackerKind.File) return;
        checks.TellAll(probe => probe is FileProbeSettings file && file.File == key.Name ? file.ResultOf(status.Value) : null);
    }
}
