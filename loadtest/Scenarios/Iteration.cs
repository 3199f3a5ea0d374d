using Director.Net;

namespace Director.LoadScenarios;

/// <summary>
/// One iteration of a scenario, measured. Whoever begins it, be it an engine of ours or another, measures the same by it.
/// </summary>
/// <param name="scenario">What the user does.</param>
/// <param name="instance">Which user.</param>
/// <param name="invocation">Number of the iteration.</param>
/// <param name="due">When it should begin.</param>
/// <param name="run">What all iterations have in common.</param>
/// <param name="around">What another engine wants done around each step; nothing, if not given.</param>
internal sealed class Iteration(
    LoadScenario scenario, int instance, long invocation, MonoTime due, IterationRun run,
    Func<string, Func<Task<Response>>, Task<Response>>? around = null) : IScenarioContext
{
    private readonly MonoTime _due = due;
    private MonoTime _stepDue = due;

    /// <inheritdoc/>
    public LoadTarget Target => run.Target;

    /// <inheritdoc/>
    public int InstanceNumber => instance;

    /// <inheritdoc/>
    public long InvocationNumber => invocation;

    /// <inheritdoc/>
    public CancellationToken Stop => run.Stop;

    /// <summary>Plays it; what is given up because the run ends early is not measured.</summary>
    public async Task<Response> PlayAsync()
    {
        var started = run.Clock.Now;
        try
        {
            var response = await scenario.Run(this);
            Measure("", _due, started, response);
            return response;
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            return Response.Fail(ResponseKind.TimedOut);
        }
    }

    /// <summary>It was due, but may not begin.</summary>
    public void TurnAway() => Measure("", _due, run.Clock.Now, Response.Fail(ResponseKind.TurnedAway));

    /// <inheritdoc/>
    public async Task<Response> RunStepAsync(string name, Func<Task<Response>> step)
    {
        var started = run.Clock.Now;
        var response = await (around is null ? step() : around(name, step));
        _stepDue = Measure(name, _stepDue, started, response);
        return response;
    }

    private MonoTime Measure(string step, MonoTime wasDue, MonoTime started, Response response)
    {
        var ended = run.Clock.Now;
        run.Sink.Add(new(scenario.Name, step, wasDue, started, ended, response.Kind, response.Server));
        return ended;
    }
}
