namespace Director.Lab.Scenarios;

/// <summary>The ways in which the VIP moves, each with what it may cost; the scenarios share them.</summary>
internal static class Moves
{
    /// <summary>A planned stop: the other director has the VIP after its skew time, and no client is turned away.</summary>
    public static async Task TerminateAsync(ScenarioRun run, string master, string backup)
    {
        var told = run.Stage.Now;
        var requests = await run.OutageAsync($"{master} stopped", FailoverBounds.Resignation,
            () => run.Stage.EndDirector(master, DirectorEnd.Terminate),
            $"{backup} becomes master", FailoverBounds.Crash, view => view.Master == backup);
        ExpectNobodyTurnedAway(run, requests);
        var left = await run.UntilAsync($"{master} has left within {ScenarioRun.Seconds(FailoverBounds.Leave)}",
            FailoverBounds.Leave - (run.Stage.Now - told),
            view => view.Directors.Any(director => director.Role == master && !director.Running));
        if (left is null)
        {
            run.Note($"{master} is killed, so that it can return");
            run.Stage.EndDirector(master, DirectorEnd.KillMain);
        }

        await ExpectVipOnAsync(run, backup);
    }

    /// <summary>The program crashes, its machine lives: no worse than a planned stop.</summary>
    public static async Task KillMainAsync(ScenarioRun run, string master, string backup)
    {
        var requests = await run.OutageAsync($"{master}'s main process killed", FailoverBounds.Resignation,
            () => run.Stage.EndDirector(master, DirectorEnd.KillMain),
            $"{backup} becomes master", FailoverBounds.Crash, view => view.Master == backup);
        ExpectNobodyTurnedAway(run, requests);
        await ExpectVipOnAsync(run, backup);
    }

    /// <summary>The machine dies: the other director must find out by itself.</summary>
    public static async Task KillMachineAsync(ScenarioRun run, string master, string backup) =>
        _ = await run.OutageAsync($"{master} killed", FailoverBounds.Crash, () => run.Stage.EndDirector(master, DirectorEnd.KillMachine),
            $"{backup} becomes master", FailoverBounds.Crash + FailoverBounds.Advert, view => view.Master == backup);

    /// <summary>The director with the higher priority is started again and takes the VIP back from the other, which lives.</summary>
    public static async Task ReturnAsync(ScenarioRun run, string master)
    {
        _ = await run.OutageAsync($"{master} takes the VIP back", FailoverBounds.Preemption, () => run.Stage.StartDirector(master),
            $"{master} becomes master again", FailoverBounds.Start, view => view.Master == master, starting: master);
        await ExpectVipOnAsync(run, master);
    }

    private static async Task ExpectVipOnAsync(ScenarioRun run, string role)
    {
        var holders = (await run.LookAsync()).VipHolders;
        var seen = holders.Count == 0 ? "on none" : $"on {string.Join(" and ", holders)}";
        run.Expect($"the VIP is on {role} only", holders.SequenceEqual([role]), seen);
    }

    private static void ExpectNobodyTurnedAway(ScenarioRun run, IReadOnlyList<Client.RequestResult> requests)
    {
        var turnedAway = requests.Count(request => request.TurnedAway);
        run.Expect("no client gets a RST meanwhile", turnedAway == 0, $"{turnedAway} of {requests.Count} requests");
    }
}
