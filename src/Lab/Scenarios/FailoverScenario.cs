using Director.Lab.Topology;

namespace Director.Lab.Scenarios;

/// <summary>
/// Two machines, a web server on each, and one VIP between them: it moves when its master stops or dies, and comes back when the master
/// returns.
/// </summary>
internal static class FailoverScenario
{
    /// <summary>For people.</summary>
    public const string About = "two machines share 192.168.80.130; it moves when the master stops or dies, and comes back with it";

    /// <summary>Plays it.</summary>
    public static async Task PlayAsync(ScenarioRun run)
    {
        var stage = run.Stage;
        var (master, backup) = (stage.Plan.Directors[0].Role, stage.Plan.Directors[1].Role);

        run.Step($"{master} (priority {FailoverBounds.MasterPriority}) and {backup} (priority {FailoverBounds.BackupPriority}) start");
        await Task.WhenAll(stage.StartServerAsync(master, run.Stop), stage.StartServerAsync(backup, run.Stop));
        stage.StartDirector(master);
        stage.StartDirector(backup);
        stage.StartAsking();
        await run.RequireAsync($"{master} becomes master", FailoverBounds.Start, view => view.Master == master, starting: master);
        await AnsweredByAsync(run, master);

        run.Step($"{master} is stopped (SIGTERM)");
        await Moves.TerminateAsync(run, master, backup);
        await AnsweredByAsync(run, backup);

        run.Step($"{master} returns");
        await Moves.ReturnAsync(run, master);

        run.Step($"{master} loses power (kill -9 of everything on it)");
        await Moves.KillMachineAsync(run, master, backup);
        await AnsweredByAsync(run, backup);

        run.Step($"{master} returns");
        await stage.StartServerAsync(master, run.Stop);
        await Moves.ReturnAsync(run, master);
        await AnsweredByAsync(run, master);
    }

    private static async Task AnsweredByAsync(ScenarioRun run, string server)
    {
        var results = await run.Stage.RequestAsync(run.Stage.Plan.Newcomers, 1, run.Stop);
        run.Expect($"{LabPlan.Vip} is answered by {server}", results.All(result => result.Server == server), Answers.Told(results));
    }
}
