namespace Director.LoadScenarios;

/// <summary>What one iteration of a scenario has to hand.</summary>
internal interface IScenarioContext
{
    /// <summary>Where the services are, and from where users come.</summary>
    LoadTarget Target { get; }

    /// <summary>Which user: with a closed simulation the same in all his iterations, from 0.</summary>
    int InstanceNumber { get; }

    /// <summary>Number of the iteration within its scenario, from 0; begun in this order, but not ended in it.</summary>
    long InvocationNumber { get; }

    /// <summary>The run ends early: whatever waits gives up.</summary>
    CancellationToken Stop { get; }

    /// <summary>
    /// Does and measures a part of the iteration. The first counts from when the iteration was due, the others from the end of the one
    /// before.
    /// </summary>
    Task<Response> RunStepAsync(string name, Func<Task<Response>> step);
}
