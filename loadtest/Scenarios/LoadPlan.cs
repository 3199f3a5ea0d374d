namespace Director.LoadScenarios;

/// <summary>Scenarios that are played together, what happens to the lab meanwhile, and what must hold.</summary>
/// <param name="Name">Its name: one word.</param>
/// <param name="About">What it is, in one line.</param>
internal sealed record LoadPlan(string Name, string About)
{
    /// <summary>The users.</summary>
    public required IReadOnlyList<LoadScenario> Scenarios { get; init; }

    /// <summary>What happens to the lab, in order.</summary>
    public IReadOnlyList<LabEvent> Events { get; init; } = [];

    /// <summary>What must hold.</summary>
    public required IReadOnlyList<Threshold> Thresholds { get; init; }

    /// <summary>What the directors' hosts are set to, as <c>Key=Value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>How long users come.</summary>
    public TimeSpan Duration => Scenarios.Max(scenario => scenario.Duration);

    /// <summary>
    /// The same, as long and with as many users as asked for. What happens to the lab keeps its time in proportion; as that takes its own
    /// time, a plan in which something happens is not made shorter.
    /// </summary>
    /// <param name="duration">How long users come; as planned if not given.</param>
    /// <param name="users">What the users, or their rate, are multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">It would be too short.</exception>
    public LoadPlan Scaled(TimeSpan? duration, double users)
    {
        var shortest = Events.Count > 0 ? Duration : LoadLimits.ShortestRun;
        if (duration < shortest)
            throw new ArgumentOutOfRangeException(nameof(duration), $"'{Name}' takes {shortest.TotalSeconds:0} s at least");
        var time = (duration ?? Duration) / Duration;
        return this with
        {
            Scenarios = [.. Scenarios.Select(scenario => scenario.Scaled(time, users))],
            Events = [.. Events.Select(happens => happens with { At = happens.At * time })],
        };
    }
}
