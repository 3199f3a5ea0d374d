using Director.Lab.Client;
using Director.Lab.Topology;

namespace Director.Lab.Scenarios;

/// <summary>
/// Two directors balance one VIP over two real servers: wlc, direct routing, persistence. A dead server leaves the pool and returns; a
/// dead director's VIP and traffic move to the other.
/// </summary>
internal static class BalanceScenario
{
    /// <summary>For people.</summary>
    public const string About = "two directors balance 192.168.80.130:80 over two web servers: wlc, direct routing, persistence";

    private const int RequestsEach = 5;

    /// <summary>Plays it.</summary>
    public static async Task PlayAsync(ScenarioRun run)
    {
        var plan = run.Stage.Plan;
        var (master, backup) = (plan.Directors[0].Role, plan.Directors[1].Role);
        await BeginAsync(run, master, backup);
        await UsersAsync(run);
        if (plan.HasIpv6) await UsersOfIpv6Async(run);
        await ServerStopsAsync(run, plan.Servers[0], plan.Servers[1]);
        await ServerReturnsAsync(run, plan.Servers[0]);

        // Not sooner: a SYN that a closed port refuses counts as an active connection for a minute (the director sees no reply, as
        // IPVS), and wlc would shun the server that has just returned.
        run.Step($"{plan.SteadyClients.Count} clients ask all the time from now on");
        run.Stage.StartAsking();
        await run.UntilAsync("they are answered", FailoverBounds.Start,
            _ => run.Stage.Requests.Since(default).Any(request => request.Answered));

        run.Step($"{master} loses power (kill -9 of everything on it)");
        await Moves.KillMachineAsync(run, master, backup);
        await AllAnsweredAsync(run, plan.Users);

        run.Step($"{master} returns");
        await Moves.ReturnAsync(run, master);
        await AllAnsweredAsync(run, plan.Users);

        run.Step($"the program on {master} crashes (kill -9 of its main process)");
        await Moves.KillMainAsync(run, master, backup);

        run.Step($"{master} returns");
        await Moves.ReturnAsync(run, master);

        run.Step($"{master} is stopped (SIGTERM)");
        await Moves.TerminateAsync(run, master, backup);
        await AllAnsweredAsync(run, plan.Users);
    }

    private static async Task BeginAsync(ScenarioRun run, string master, string backup)
    {
        var plan = run.Stage.Plan;
        run.Step($"two web servers start, then {master} (priority {FailoverBounds.MasterPriority}) " +
            $"and {backup} (priority {FailoverBounds.BackupPriority})");
        await Task.WhenAll(plan.Servers.Select(server => run.Stage.StartServerAsync(server.Role, run.Stop)));
        run.Stage.StartDirector(master);
        run.Stage.StartDirector(backup);
        await run.RequireAsync($"{master} becomes master", FailoverBounds.Start, view => view.Master == master, starting: master);
        await run.RequireAsync("both servers are in the pool", CheckBounds.FirstCheckAtMost, view => plan.Servers.All(view.InPool));
        var mode = (await run.LookAsync()).Directors[0].Status?.DatapathMode ?? "";
        run.Expect($"{master} forwards packets itself, on AF_XDP", mode is "xdp" or "xdp-generic", $"datapath mode '{mode}'");
    }

    private static async Task UsersAsync(ScenarioRun run)
    {
        var users = run.Stage.Plan.Users;
        run.Step($"{users.Count} users make {RequestsEach} requests each");
        var results = await AllAnsweredAsync(run, users, RequestsEach);
        var loyal = Answers.LoyalSources(results);
        var faithful = loyal.Values.Sum();
        run.Expect("persistence holds every user to one server", faithful == users.Count, $"{faithful} of {users.Count} users");
        var (most, least) = (loyal.Values.DefaultIfEmpty().Max(), loyal.Count < run.Stage.Plan.Servers.Count ? 0 : loyal.Values.Min());
        run.Expect("wlc splits the users evenly", loyal.Count == run.Stage.Plan.Servers.Count && most - least <= 2,
            string.Join(", ", loyal.Select(pair => $"{pair.Value} on {pair.Key}").Order(StringComparer.Ordinal).DefaultIfEmpty("none")));
    }

    private static async Task UsersOfIpv6Async(ScenarioRun run)
    {
        var users = run.Stage.Plan.UsersV6;
        run.Step($"{users.Count} users make {RequestsEach} requests each by IPv6, to [{LabPlan.VipV6}]:{LabPlan.Port} " +
            $"on {run.Stage.Plan.Directors[0].Role}");
        var results = await AllAnsweredAsync(run, users, RequestsEach);
        var byServer = run.Stage.Plan.Servers.Select(server => results.Count(result => result.Server == server.Role)).ToList();
        run.Expect("rr splits the requests evenly", byServer.Max() - byServer.Min() <= 2, Answers.Told(results));
    }

    private static async Task ServerStopsAsync(ScenarioRun run, LabHost server, LabHost other)
    {
        // A server that was never seen alive is given up at its first failure (keepalived's retry counter starts full), and this step
        // is about the retries.
        await run.UntilAsync("both servers have been checked", CheckBounds.FirstCheckAtMost,
            view => view.Pool.All(member => member.Checked));
        run.Step($"the web server on {server.Role} is stopped");
        run.Stage.StopServer(server.Role);
        if (await run.UntilAsync($"{server.Role} leaves the pool", CheckBounds.DownAtMost, view => !view.InPool(server)) is { } waited)
        {
            run.Expect($"not before the retries are over, {ScenarioRun.Seconds(CheckBounds.DownAtLeast)}",
                waited >= CheckBounds.DownAtLeast,
                $"after {ScenarioRun.Seconds(waited)}");
        }

        var results = await AllAnsweredAsync(run, run.Stage.Plan.Users);
        run.Expect($"everybody is served by {other.Role} now", results.All(result => result.Server == other.Role), Answers.Told(results));
    }

    private static async Task ServerReturnsAsync(ScenarioRun run, LabHost server)
    {
        run.Step($"the web server on {server.Role} starts again");
        await run.Stage.StartServerAsync(server.Role, run.Stop);
        await run.UntilAsync($"{server.Role} comes back into the pool", CheckBounds.UpAtMost, view => view.InPool(server));
        var results = await AllAnsweredAsync(run, run.Stage.Plan.Newcomers);
        run.Expect($"newcomers reach {server.Role} again", results.Any(result => result.Server == server.Role), Answers.Told(results));
    }

    private static async Task<IReadOnlyList<RequestResult>> AllAnsweredAsync(ScenarioRun run, IReadOnlyList<string> sources, int each = 1)
    {
        var results = await run.Stage.RequestAsync(sources, each, run.Stop);
        var all = results.Count == sources.Count * each && results.All(result => result.Answered);
        run.Expect("all requests are answered", all, Answers.Told(results));
        return results;
    }
}
