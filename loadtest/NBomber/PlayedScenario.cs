using System.Collections.Concurrent;
using Director.LoadScenarios;
using Director.Net;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using Criterion = Director.LoadScenarios.Threshold;
using Phase = Director.LoadScenarios.LoadSimulation;
using Response = Director.LoadScenarios.Response;

namespace Director.NBomberEngine;

/// <summary>
/// A scenario of a plan as NBomber plays it. Each iteration is measured twice: by NBomber, and as all engines' iterations are. NBomber does
/// not say when a user of an open simulation was due: his iteration is due when it begins.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="run">What all iterations have in common.</param>
internal sealed class PlayedScenario(LoadScenario scenario, IterationRun run)
{
    private readonly ConcurrentDictionary<int, MonoTime> _lastDue = new();
    private readonly bool _paced = scenario.Simulations.Any(simulation => simulation.IsClosed);
    private long _invocations = -1;

    /// <summary>What NBomber is to play, with those of the thresholds that it knows.</summary>
    public ScenarioProps Props(IEnumerable<Criterion> thresholds) => NBomber.CSharp.Scenario
        .Create(scenario.Name, PlayAsync)
        .WithoutWarmUp()
        .WithRestartIterationOnFail(false) // a scenario ends its own iteration at the first step that fails
        .WithMaxFailCount(int.MaxValue)
        .WithLoadSimulations([.. scenario.Simulations.Select(Simulation)])
        .WithThresholds([.. thresholds.SelectMany(Checks).Select(check => NBomber.CSharp.Threshold.Create(check))]);

    private async Task<IResponse> PlayAsync(NBomber.Contracts.IScenarioContext context)
    {
        if (run.Stop.IsCancellationRequested) context.StopCurrentTest("the run was stopped");
        var instance = context.ScenarioInfo.InstanceNumber;
        var due = _paced ? await PacedAsync(instance) : run.Clock.Now;
        var iteration = new Iteration(scenario, instance, Interlocked.Increment(ref _invocations), due, run,
            (name, step) => StepAsync(context, name, step));
        return Told(await iteration.PlayAsync());
    }

    // He is due a pace after he was due before, however long that took.
    private async Task<MonoTime> PacedAsync(int instance)
    {
        var due = _lastDue.TryGetValue(instance, out var last) ? last + scenario.Pace : run.Clock.Now;
        _lastDue[instance] = due;
        if (due - run.Clock.Now is var left && left > TimeSpan.Zero) await Task.Delay(left, CancellationToken.None);
        return due;
    }

    private static async Task<Response> StepAsync(NBomber.Contracts.IScenarioContext context, string name, Func<Task<Response>> step)
    {
        var response = default(Response);
        await Step.Run(name, context, async () =>
        {
            response = await step();
            return Told(response);
        });
        return response;
    }

    private static Response<object> Told(Response response) => response.IsOk
        ? NBomber.CSharp.Response.Ok(statusCode: response.Server)
        : NBomber.CSharp.Response.Fail(statusCode: response.Kind.ToString());

    private static NBomber.Contracts.LoadSimulation Simulation(Phase simulation) => simulation switch
    {
        Phase.RampingInject ramp => NBomber.CSharp.Simulation.RampingInject(ramp.Rate, ramp.Interval, ramp.During),
        Phase.Inject inject => NBomber.CSharp.Simulation.Inject(inject.Rate, inject.Interval, inject.During),
        Phase.RampingConstant ramp => NBomber.CSharp.Simulation.RampingConstant(ramp.Copies, ramp.During),
        Phase.KeepConstant keep => NBomber.CSharp.Simulation.KeepConstant(keep.Copies, keep.During),
        _ => NBomber.CSharp.Simulation.Pause(simulation.During),
    };

    // What happens to the lab is unknown to NBomber: the run judges those thresholds, with every engine.
    private IEnumerable<Func<ScenarioStats, bool>> Checks(Criterion threshold)
    {
        if (threshold.Scenario.Length > 0 && threshold.Scenario != scenario.Name) yield break;
        switch (threshold)
        {
            case Criterion.Errors errors:
                yield return stats => stats.Fail.Request.Count <= errors.AtMost;
                break;
            case Criterion.Latency { Percentile: 99 } latency:
                yield return stats => stats.Ok.Latency.Percent99 <= latency.AtMost.TotalMilliseconds;
                break;
        }
    }
}
