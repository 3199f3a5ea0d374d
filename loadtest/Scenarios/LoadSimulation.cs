namespace Director.LoadScenarios;

/// <summary>
/// How many users there are for a while, in NBomber's words. Open ones (<see cref="RampingInject"/>, <see cref="Inject"/>) say how often
/// somebody comes, whatever became of those who came before; closed ones (<see cref="RampingConstant"/>, <see cref="KeepConstant"/>) say
/// how many there are, each of whom goes on at a pace of his own. The simulations of a scenario follow one another.
/// </summary>
/// <param name="During">How long it lasts.</param>
internal abstract record LoadSimulation(TimeSpan During)
{
    /// <summary>Whether users stay and repeat what they do.</summary>
    public bool IsClosed => this is RampingConstant or KeepConstant;

    /// <summary>The rate goes evenly from where the simulation before left it (nothing, at first) to another.</summary>
    /// <param name="Rate">Users for each interval, at the end.</param>
    /// <param name="Interval">The interval that the rate is for.</param>
    /// <param name="During">How long it takes.</param>
    public sealed record RampingInject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation(During);

    /// <summary>Users come at a constant rate, evenly spaced.</summary>
    /// <param name="Rate">Users for each interval.</param>
    /// <param name="Interval">The interval that the rate is for.</param>
    /// <param name="During">How long.</param>
    public sealed record Inject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation(During);

    /// <summary>The number of users goes evenly from where the simulation before left it (nobody, at first) to another.</summary>
    /// <param name="Copies">Users at the end.</param>
    /// <param name="During">How long it takes.</param>
    public sealed record RampingConstant(int Copies, TimeSpan During) : LoadSimulation(During);

    /// <summary>The number of users stays.</summary>
    /// <param name="Copies">Users.</param>
    /// <param name="During">How long.</param>
    public sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation(During);

    /// <summary>Nobody comes, and those who were there leave.</summary>
    /// <param name="During">How long.</param>
    public sealed record Pause(TimeSpan During) : LoadSimulation(During);

    /// <summary>The same in another time and with other numbers of users.</summary>
    /// <param name="time">What its time is multiplied by.</param>
    /// <param name="users">What its users, or their rate, are multiplied by.</param>
    public LoadSimulation Scaled(double time, double users) => this switch
    {
        RampingInject ramp => ramp with { Rate = Scaled(ramp.Rate, users), During = ramp.During * time },
        Inject inject => inject with { Rate = Scaled(inject.Rate, users), During = inject.During * time },
        RampingConstant ramp => ramp with { Copies = Scaled(ramp.Copies, users), During = ramp.During * time },
        KeepConstant keep => keep with { Copies = Scaled(keep.Copies, users), During = keep.During * time },
        _ => this with { During = During * time },
    };

    // Who was there is still there: somebody, not nobody.
    private static int Scaled(int number, double factor) => number == 0 ? 0 : Math.Max(1, (int)Math.Round(number * factor));
}
