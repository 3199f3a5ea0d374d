namespace Director.LoadScenarios;

/// <summary>The load simulations, as a scenario names them.</summary>
internal static class Simulation
{
    /// <inheritdoc cref="LoadSimulation.RampingInject"/>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.RampingInject(rate, interval, during);

    /// <inheritdoc cref="LoadSimulation.Inject"/>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) => new LoadSimulation.Inject(rate, interval, during);

    /// <inheritdoc cref="LoadSimulation.RampingConstant"/>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) => new LoadSimulation.RampingConstant(copies, during);

    /// <inheritdoc cref="LoadSimulation.KeepConstant"/>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) => new LoadSimulation.KeepConstant(copies, during);

    /// <inheritdoc cref="LoadSimulation.Pause"/>
    public static LoadSimulation Pause(TimeSpan during) => new LoadSimulation.Pause(during);
}
