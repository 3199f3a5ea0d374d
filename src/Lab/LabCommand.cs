using Director.Lab.Narration;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Spectre.Console;

namespace Director.Lab;

/// <summary>
/// <c>director lab</c>: plays the scenarios in network namespaces of this machine and says whether every expectation held.
/// </summary>
public static class LabCommand
{
    /// <summary>Exit code: every expectation held.</summary>
    public const int Held = 0;

    /// <summary>Exit code: an expectation failed.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the lab could not be built, or was asked for something it does not have.</summary>
    public const int CannotRun = 2;

    /// <summary>Exit code: cancelled by Ctrl-C, as a shell reports it.</summary>
    public const int Cancelled = 130;

    private const int PipedWidth = 140;
    private const int LogLines = 15;

    /// <summary>
    /// Runs what <paramref name="options"/> ask for, cleans up, and returns the exit code; cancelling it ends the lab early and still
    /// cleans up.
    /// </summary>
    public static async Task<int> RunAsync(LabOptions options, CancellationToken cancellation)
    {
        if (Plans(options.Scenario) is not { } plans)
            return Refuse(options, $"there is no scenario '{options.Scenario}': failover, balance or all");
        if (!Environment.IsPrivilegedProcess)
            return Refuse(options, "making network namespaces needs root: sudo director lab");
        var console = StoryConsole.Create(options.Output, options.Interactive, PipedWidth);
        var begun = TimeProvider.System.GetTimestamp();
        var expectations = new List<Expectation>();
        var farewell = new List<string>();
        try
        {
            foreach (var plan in plans) await PlayAsync(options, plan, console, expectations, farewell, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.WriteLine("Cancelled; the lab is removed.");
            return Cancelled;
        }
        catch (LabException error)
        {
            return Refuse(options, error.Message);
        }

        Summary.Write(console, expectations, TimeProvider.System.GetElapsedTime(begun));
        foreach (var line in farewell) await options.Output.WriteLineAsync(line);
        return expectations.TrueForAll(expectation => expectation.Held) ? Held : Failed;
    }

    // A kernel without IPv6 plays the rest.
    private static LabPlan Balance => Directory.Exists("/proc/sys/net/ipv6") ? LabPlan.BalanceDual : LabPlan.Balance;

    private static IReadOnlyList<LabPlan>? Plans(string scenario) => scenario switch
    {
        "failover" => [LabPlan.Failover],
        "balance" => [Balance],
        "all" => [LabPlan.Failover, Balance],
        _ => null,
    };

    private static int Refuse(LabOptions options, string why)
    {
        options.Output.WriteLine($"director lab: {why}");
        return CannotRun;
    }

    private static async Task PlayAsync(LabOptions options, LabPlan plan, IAnsiConsole console, List<Expectation> expectations,
        List<string> farewell, CancellationToken cancellation)
    {
        using var stage = new LabStage(options, plan);
        if (options.Interactive)
        {
            await console.Live(new Text("the network is ready")).AutoClear(true).StartAsync(async display =>
                await TellAsync(plan, stage, new LiveNarrator(console, display, TimeProvider.System), expectations, cancellation));
        }
        else
        {
            await TellAsync(plan, stage, new PlainNarrator(options.Output, TimeProvider.System), expectations, cancellation);
        }

        var failed = expectations.Exists(expectation => expectation.Scenario == plan.Name && !expectation.Held);
        if (failed) farewell.AddRange(LastWords(stage));
        if (!options.Keep) return;
        stage.Keep();
        farewell.AddRange(HowToLook(options, stage));
    }

    private static async Task TellAsync(
        LabPlan plan, LabStage stage, INarrator narrator, List<Expectation> expectations, CancellationToken cancellation)
    {
        var balanced = plan.Balanced;
        narrator.Scenario(plan.Name, balanced ? BalanceScenario.About : FailoverScenario.About);
        var run = new ScenarioRun(plan.Name, stage, narrator, cancellation);
        try
        {
            await (balanced ? BalanceScenario.PlayAsync(run) : FailoverScenario.PlayAsync(run));
        }
        catch (ScenarioStoppedException)
        {
            narrator.Note("the rest of the scenario builds on this: it ends here");
        }
        finally
        {
            expectations.AddRange(run.Expectations);
        }
    }

    private static IEnumerable<string> LastWords(LabStage stage)
    {
        foreach (var director in stage.Directors)
        {
            yield return "";
            yield return $"Scenario '{stage.Plan.Name}' failed. The last lines of {director.Role}:";
            foreach (var line in director.LastLines(LogLines)) yield return "    " + line;
        }
    }

    private static IEnumerable<string> HowToLook(LabOptions options, LabStage stage)
    {
        var self = string.Join(' ', options.Self);
        yield return "";
        yield return $"The network '{stage.Plan.Name}' is left standing. To look inside:";
        foreach (var director in stage.Directors)
        {
            yield return $"    ip netns exec {stage.Topology[director.Role]} {self} status --run-dir {director.RunDirectory}";
            yield return $"    less {director.LogFile}";
        }

        yield return $"    ip netns exec {stage.Topology.Client} curl -s http://{LabPlan.Vip}/";
        yield return "To remove it:";
        yield return $"    {stage.Namespaces.RemovalCommand}";
    }
}
