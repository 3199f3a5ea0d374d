namespace Director.LoadScenarios.Plans;

/// <summary>
/// The plans that there are. Rates are such that a machine of two cores bears them with everything that the lab runs on it.
/// </summary>
internal static class LoadPlans
{
    private const string Master = "d1";
    private const string Server = "rs1";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan P99 = TimeSpan.FromMilliseconds(50);

    /// <summary>All of them, each call with connections of its own.</summary>
    public static IReadOnlyList<LoadPlan> All() =>
    [
        Quiet("keep-alive", "HTTP on connections that stay open", Ramped(Users.KeepAlive(), 400)),
        Quiet("per-request", "a connection for each HTTP request", Ramped(Users.PerRequest(), 250)),
        Quiet("long-lived", "users who keep one connection each and ask on it twice a second", Crowd(Users.LongLived(), 150)),
        Quiet("echo", "UDP datagrams and back", Ramped(Users.Echo(), 400)),
        Quiet("mixed", "all kinds of users at once, coming and going", Mixed()),
        ServerDies(),
        ServerDrains(),
        Reload(),
        Failover("failover", "the master stops (SIGTERM), comes back, and stops again", LabAction.DirectorStops, LoadBounds.Resignation),
        Failover("crash", "the master's machine dies (kill -9), comes back, and dies again", LabAction.DirectorDies, LoadBounds.Crash),
        Short(),
    ];

    // Nothing happens to the lab: no error at all.
    private static LoadPlan Quiet(string name, string about, params LoadScenario[] scenarios) => new(name, about)
    {
        Scenarios = scenarios,
        Thresholds =
        [
            new Threshold.EverybodyCame(),
            new Threshold.Errors("", 0),
            .. scenarios.Select(scenario => new Threshold.Latency(scenario.Name, 99, P99)),
            .. scenarios.Where(scenario => scenario.Name is not ("keep-alive" or "echo")) // these have a handful of connections each
                .Select(scenario => new Threshold.EvenShares(scenario.Name, 0.5)),
        ],
    };

    // Without this a user whose port is remembered with a server that is gone is dropped until that is forgotten, as with IPVS: a UDP user
    // with each datagram, a TCP user whose port was used two minutes ago or less by somebody who was served there.
    private static readonly string[] ForgetServersThatAreGone = ["Ipvs:expire_nodest_conn=1"];

    private static LoadPlan ServerDies() => new("server-dies", "a server's process is killed, and comes back")
    {
        Settings = ForgetServersThatAreGone,
        Scenarios = [Steady(Users.PerRequest(), 100, 30), Steady(Users.KeepAlive(), 100, 30), Steady(Users.Echo(), 100, 30)],
        Events = [new(5 * Second, LabAction.ServerDies, Server), new(18 * Second, LabAction.ServerReturns, Server)],
        Thresholds =
        [
            new Threshold.EverybodyCame(),
            new Threshold.NoErrorBefore("", LabAction.ServerDies),
            new Threshold.ErrorsEnd("", LabAction.ServerDies, LoadBounds.ServerDown),
            new Threshold.TimeWithoutService("per-request", LabAction.ServerDies, Second),
            new Threshold.ErrorsEnd("", LabAction.ServerReturns, TimeSpan.Zero),
        ],
    };

    private static LoadPlan ServerDrains() => new("server-drains", "a server is taken out, leaves, and comes back: nobody notices")
    {
        Settings = ForgetServersThatAreGone,
        Scenarios = [Steady(Users.PerRequest(), 100, 30), Steady(Users.KeepAlive(), 100, 30), Kept(Users.LongLived(), 50, 30)],
        Events = [new(5 * Second, LabAction.ServerDrains, Server), new(18 * Second, LabAction.ServerReturns, Server)],
        Thresholds = [new Threshold.EverybodyCame(), new Threshold.Errors("", 0)],
    };

    private static LoadPlan Reload() => new("reload", "the master takes another configuration ten times: nobody notices")
    {
        Scenarios =
        [
            Steady(Users.PerRequest(), 100, 20), Steady(Users.KeepAlive(), 100, 20), Steady(Users.Echo(), 100, 20),
            Kept(Users.LongLived(), 50, 20),
        ],
        Events = [.. Enumerable.Range(0, 10).Select(n => new LabEvent((5 + n) * Second, LabAction.Reload, Master))],
        Thresholds =
        [
            new Threshold.EverybodyCame(),
            new Threshold.Errors("", 0),
            new Threshold.TimeWithoutService("per-request", LabAction.Reload, 0.3 * Second),
        ],
    };

    private static LoadPlan Failover(string name, string about, LabAction end, TimeSpan bound) => new(name, about)
    {
        Scenarios = [Steady(Users.PerRequest(), 100, 40), Steady(Users.Echo(), 100, 40), Kept(Users.LongLived(), 50, 40)],
        Events = [new(5 * Second, end, Master), new(14 * Second, LabAction.DirectorReturns, Master), new(30 * Second, end, Master)],
        Thresholds = [new Threshold.EverybodyCame(), new Threshold.NoErrorBefore("", end), .. Away(end, bound), .. Returned],
    };

    // What an operator does and what he fears, for every change of the code.
    private static LoadPlan Short() => new("short", "a reload, a crash and a planned failover, in twenty seconds")
    {
        Scenarios = [Steady(Users.PerRequest(), 50, 20), Steady(Users.Echo(), 50, 20), Kept(Users.LongLived(), 20, 20)],
        Events =
        [
            new(1.5 * Second, LabAction.Reload, Master),
            new(3 * Second, LabAction.DirectorDies, Master),
            new(7.5 * Second, LabAction.DirectorReturns, Master),
            new(15 * Second, LabAction.DirectorStops, Master),
        ],
        Thresholds =
        [
            new Threshold.EverybodyCame(),
            new Threshold.NoErrorBefore("", LabAction.DirectorDies),
            .. Away(LabAction.DirectorDies, LoadBounds.Crash),
            .. Away(LabAction.DirectorStops, LoadBounds.Resignation),
        ],
    };

    // A connection that the old master balanced is reset by the new one, which does not know it: a long-lived user learns that when he
    // asks next.
    private static IEnumerable<Threshold> Away(LabAction end, TimeSpan bound) =>
    [
        new Threshold.TimeWithoutService("per-request", end, bound),
        new Threshold.TimeWithoutService("echo", end, bound),
        new Threshold.ErrorsEnd("per-request", end, bound),
        new Threshold.ErrorsEnd("echo", end, bound),
        new Threshold.ErrorsEnd("long-lived", end, bound + Second),
    ];

    private static IEnumerable<Threshold> Returned =>
    [
        new Threshold.TimeWithoutService("per-request", LabAction.DirectorReturns, LoadBounds.Preemption),
        new Threshold.TimeWithoutService("echo", LabAction.DirectorReturns, LoadBounds.Preemption),
    ];

    private static LoadScenario Ramped(LoadScenario scenario, int rate) => scenario.WithLoadSimulations(
        Simulation.RampingInject(rate, Second, 8 * Second),
        Simulation.Inject(rate, Second, 15 * Second),
        Simulation.RampingInject(0, Second, 2 * Second));

    private static LoadScenario Crowd(LoadScenario scenario, int copies) => scenario.WithLoadSimulations(
        Simulation.RampingConstant(copies, 8 * Second),
        Simulation.KeepConstant(copies, 15 * Second),
        Simulation.RampingConstant(0, 2 * Second));

    private static LoadScenario Steady(LoadScenario scenario, int rate, int seconds) =>
        scenario.WithLoadSimulations(Simulation.Inject(rate, Second, seconds * Second));

    private static LoadScenario Kept(LoadScenario scenario, int copies, int seconds) =>
        scenario.WithLoadSimulations(Simulation.RampingConstant(copies, Second), Simulation.KeepConstant(copies, (seconds - 1) * Second));

    private static LoadScenario[] Mixed() =>
    [
        Ramped(Users.KeepAlive(), 150), Ramped(Users.PerRequest(), 80), Ramped(Users.Browser(), 20), Crowd(Users.LongLived(), 60),
        Ramped(Users.Echo(), 100),
    ];
}
