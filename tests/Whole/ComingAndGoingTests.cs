using System.Diagnostics;
using Director.Lab.Namespaces;
using Director.Lab.Scenarios;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>A director is told to go, at good moments and at bad ones: it goes at once, says so with 0, and nothing of it stays.</summary>
public sealed class ComingAndGoingTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [KernelFact]
    public async Task Told_to_go_at_any_moment_a_director_goes_and_leaves_nothing()
    {
        using var two = new TwoDirectors(output);
        var director = two.First;

        // While it comes up, step by step; each run finds what the one before has left, which is nothing.
        await GoesAsync(two, director, "attached", "TERM");
        await GoesAsync(two, director, "VRRP process", "TERM");
        await GoesAsync(two, director, "serves", "INT");
        await GoesAsync(two, director, "Entering BACKUP STATE", "TERM", "TERM");

        // As master, with the VIP; and asked by everybody who can.
        await GoesAsync(two, director, "Entering MASTER STATE", "TERM", "TERM", "INT");

        // While it waits for a device that somebody else has.
        using var holder = two.Run(two.First, "--run-dir", two.First.RunDirectory + "2");
        await SaidAsync(two, holder, "serves");
        using (var waiting = two.Run(two.First))
        {
            await SaidAsync(two, waiting, "waiting for it");
            waiting.Kill("TERM");
            Assert.True(waiting.Wait(Patience));
            Assert.Equal(0, waiting.ExitCode);
        }

        holder.Kill("TERM");
        Assert.True(holder.Wait(Patience));
    }

    [KernelFact]
    [Trait("Category", "Soak")]
    public async Task Whatever_both_are_told_one_has_the_vip_in_the_end()
    {
        using var two = new TwoDirectors(output);
        await two.StartAsync();
        for (var round = 0; round < 5; round++)
        {
            foreach (var director in new[] { two.First, two.Second })
            {
                await EndAsync(two, director);
                two.Stage.StartDirector(director.Role);
                await two.UntilQuietWithAsync(two.First);
                await two.AssertServedAsync(1);
            }
        }

        // Both at once, down and up again.
        foreach (var director in two.Stage.Directors) two.Stage.EndDirector(director.Role, DirectorEnd.Terminate);
        await two.UntilAsync("nothing of either is left", () => two.Stage.Directors.All(two.HasLeftNothing));
        foreach (var director in two.Stage.Directors) two.Stage.StartDirector(director.Role);
        await two.UntilQuietWithAsync(two.First);
        foreach (var director in two.Stage.Directors) await two.UntilReadyAsync(director);
        await two.AssertServedAsync();
    }

    private static async Task EndAsync(TwoDirectors two, LabDirector director)
    {
        two.Stage.EndDirector(director.Role, DirectorEnd.Terminate);
        await two.UntilAsync($"{director.Role} has gone", () => two.HasLeftNothing(director));
    }

    private async Task GoesAsync(TwoDirectors two, LabDirector director, string moment, params string[] signals)
    {
        using var process = two.Run(director);
        await SaidAsync(two, process, moment);
        var watch = Stopwatch.StartNew();
        foreach (var signal in signals) process.Kill(signal);
        Assert.True(process.Wait(Patience), $"{string.Join(", ", signals)} at '{moment}': still there\n{Told(process)}");
        output.WriteLine($"{string.Join(", ", signals)} at '{moment}': gone after {watch.Elapsed.TotalSeconds:0.00} s");

        Assert.True(process.ExitCode == 0, $"{string.Join(", ", signals)} at '{moment}': {process.ExitCode}\n{Told(process)}");
        Assert.DoesNotContain(process.Lines, line => line.Contains("xception", StringComparison.Ordinal));
        await two.UntilAsync($"nothing is left after '{moment}'", () => two.HasLeftNothing(director));
    }

    private static async Task SaidAsync(TwoDirectors two, NamespaceProcess process, string what) =>
        await two.UntilAsync($"it says '{what}'", () =>
        {
            Assert.False(process.HasExited, Told(process));
            return process.Lines.Any(line => line.Contains(what, StringComparison.Ordinal));
        });

    private static string Told(NamespaceProcess process) => string.Join('\n', process.Lines);
}
