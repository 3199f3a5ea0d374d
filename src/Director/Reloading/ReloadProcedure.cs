using System.Diagnostics;
using Director.Admin;
using Director.Config;
using Director.Control;
using Director.Net;
using Director.Trackers;
using Director.Vrrp;

namespace Director.Reloading;

/// <summary>
/// Says what a configuration would change, and takes it into force, whole or not at all. The control loop's own.
/// </summary>
/// <param name="core">The desired state.</param>
/// <param name="forwarding">The datapath.</param>
/// <param name="routes">The host, as configurations are held against it.</param>
/// <param name="vrrp">Where virtual routers stand.</param>
/// <param name="parts">Who follows a configuration, in the order of <see cref="ReloadTransaction"/>.</param>
/// <param name="source">Where the configuration comes from.</param>
/// <param name="time">For when it was.</param>
internal sealed class ReloadProcedure(
    DirectorCore core, IForwarding forwarding, RouteState routes, VrrpControl vrrp, IReadOnlyList<IReloadPart> parts, IConfigSource source,
    TimeProvider time) : IPlanSubject
{
    /// <summary>How reloads have gone so far.</summary>
    public ReloadStatus Status { get; private set; } = new();

    /// <summary>What would change, and whether it could be done. Changes nothing.</summary>
    public ReloadAnswer Plan(ReadConfig read)
    {
        var (diagnostics, refusals, _) = Examine(read);
        if (refusals.Count > 0) return new(false, [], diagnostics) { Refusals = refusals };
        return new(false, ReloadPlan.Compare(core.Config, read.Config, this), diagnostics);
    }

    /// <summary>Takes it into force, unless something is wrong with it; then nothing has changed.</summary>
    public ReloadAnswer Apply(ReadConfig read)
    {
        var stages = read.Stages.ToDictionary(stage => stage.Stage, stage => stage.Took.TotalMilliseconds);
        var answer = Apply(read, (stage, took) => stages[stage] = stages.GetValueOrDefault(stage) + took.TotalMilliseconds);
        var seconds = Stopwatch.GetElapsedTime(read.Started).TotalSeconds;
        Status = Status.With(new()
        {
            At = time.GetUtcNow(),
            Applied = answer.Applied,
            Seconds = Math.Round(seconds, 6),
            Steps = answer.Plan.Count,
            Why = answer.Refusals.Count > 0 ? answer.Refusals[0] : "",
            Stages = stages.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 3)),
        });
        return answer with { Status = Status };
    }

    /// <inheritdoc/>
    public long ConnectionsOf(ServiceKey service, Endpoint server)
    {
        var load = forwarding.LoadOf(service, server);
        return load.ActiveConnections + load.InactiveConnections;
    }

    /// <inheritdoc/>
    public bool IsMaster(string instance) => vrrp.StandingOf(instance).Report?.State == VrrpState.Master;

    private ReloadAnswer Apply(ReadConfig read, Action<string, TimeSpan> took)
    {
        var started = Stopwatch.GetTimestamp();
        var (diagnostics, refusals, placement) = Examine(read);
        took("host", Stopwatch.GetElapsedTime(started));
        if (refusals.Count > 0) return new(false, [], diagnostics) { Refusals = refusals };

        started = Stopwatch.GetTimestamp();
        var plan = ReloadPlan.Compare(core.Config, read.Config, this);
        took("plan", Stopwatch.GetElapsedTime(started));
        if (plan.Count == 0) return new(true, plan, diagnostics);
        try
        {
            ReloadTransaction.Run(parts, new(core.Config, read.Config, placement!), took);
        }
        catch (ReloadRefusedException refusal)
        {
            return new(false, [], diagnostics) { Refusals = [$"error: {refusal.Message}"], Exception = refusal.InnerException };
        }

        source.TakeInForce();
        return new(true, plan, diagnostics);
    }

    /// <summary>What is to be said of it, why it cannot be taken into force, and where the datapath would stand.</summary>
    private (List<string> Diagnostics, List<string> Refusals, DatapathPlacement? Placement) Examine(ReadConfig read)
    {
        var diagnostics = read.Result.Diagnostics.Select(diagnostic => diagnostic.ToString()).ToList();
        if (read.Result.HasErrors)
        {
            var errors = read.Result.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error);
            return (diagnostics, [.. errors.Select(error => error.ToString())], null);
        }

        var config = read.Config;
        var refusals = ConfigSupport.Problems(config).Select(problem => problem.ToString()).ToList();
        var placement = DatapathPlacement.Find(config, routes.Links(), routes.Addresses(), routes.RecallRoute);
        var resolver = ScriptResolver.OfThisProcess(config.Globals.ScriptPolicy);
        diagnostics.AddRange(ScriptFindings.Of(config, resolver).Select(finding => finding.ToString()));
        diagnostics.AddRange(placement.Problems);
        refusals.AddRange(placement.Errors);
        refusals.AddRange(RestartNeeds.Of(core.Config, config, placement, forwarding));
        return (diagnostics, refusals, placement);
    }
}
