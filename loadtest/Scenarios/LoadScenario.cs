namespace Director.LoadScenarios;

/// <summary>What a kind of user does, and how many of them there are.</summary>
internal sealed record LoadScenario
{
    private LoadScenario(string name, Func<IScenarioContext, Task<Response>> run) => (Name, Run) = (name, run);

    /// <summary>Its name: one word.</summary>
    public string Name { get; }

    /// <summary>One iteration: its steps, up to the first that fails. Never throws for what the network does.</summary>
    public Func<IScenarioContext, Task<Response>> Run { get; }

    /// <summary>How many users there are, one phase after the other.</summary>
    public IReadOnlyList<LoadSimulation> Simulations { get; private init; } = [];

    /// <summary>
    /// Time between the beginnings of two iterations of one user of a closed simulation. It is what latency counts from: without it, a
    /// user who was held up would ask less often meanwhile, and the worst would hardly be measured (coordinated omission).
    /// </summary>
    public TimeSpan Pace { get; private init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long users come.</summary>
    public TimeSpan Duration => Simulations.Aggregate(TimeSpan.Zero, (sum, simulation) => sum + simulation.During);

    /// <summary>A scenario without users.</summary>
    public static LoadScenario Create(string name, Func<IScenarioContext, Task<Response>> run) => new(name, run);

    /// <summary>The same with users.</summary>
    public LoadScenario WithLoadSimulations(params IReadOnlyList<LoadSimulation> simulations) => this with { Simulations = simulations };

    /// <summary>The same at another pace.</summary>
    public LoadScenario WithPace(TimeSpan pace) => this with { Pace = pace };

    /// <summary>The same in another time and with other numbers of users.</summary>
    public LoadScenario Scaled(double time, double users) =>
        this with { Simulations = [.. Simulations.Select(simulation => simulation.Scaled(time, users))] };
}
