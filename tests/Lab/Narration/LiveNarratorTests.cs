using Director.Lab.Client;
using Director.Lab.Narration;
using Director.Lab.Scenarios;
using Director.Net;
using Spectre.Console;

namespace Director.Tests.Lab.Narration;

public sealed class LiveNarratorTests
{
    [Fact]
    public void The_panel_shows_who_is_master_the_pool_the_answers_and_the_wait()
    {
        PoolMember[] pool = [new("192.168.80.133:80", false, true, 0, 2), new("192.168.80.134:80", true, true, 1, 30)];
        var view = new StageView(MonoTime.Zero,
        [
            new("d1", true, true, new DirectorStatus("MASTER", "xdp", true, pool)),
            new("d2", true, false, new DirectorStatus("BACKUP", "xdp", false, pool)),
            new("d3", false, false, null),
        ]);
        RequestResult[] requests =
            [Request(RequestOutcome.Answered, "rs2"), Request(RequestOutcome.Answered, "rs2"), Request(RequestOutcome.Refused, "")];
        var (gap, waited, patience) = (TimeSpan.FromSeconds(0.82), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        var scene = new Scene(view, requests, gap, "rs1 [leaves] the pool", waited, patience);

        var drawn = Render(scene);

        Assert.Matches(@"d1 +MASTER +has the VIP", drawn);
        Assert.Matches(@"d2 +BACKUP ", drawn);
        Assert.Matches(@"d3 +down ", drawn);
        Assert.Matches(@"192\.168\.80\.133:80 +out of the pool", drawn);
        Assert.Matches(@"192\.168\.80\.134:80 +in the pool +1 active, 30 inactive", drawn);
        Assert.Matches(@"last second +2 by rs2, 1 refused", drawn);
        Assert.Matches(@"unanswered +0\.82 s at the longest", drawn);
        Assert.Matches(@"waiting for +rs1 \[leaves\] the pool +━{30} 5\.00 s", drawn);
    }

    [Fact]
    public void A_scene_in_which_nothing_happens_yet_can_be_drawn() =>
        Assert.Contains("nobody asks yet", Render(new(new(MonoTime.Zero, []), [], null, "", default, default)), StringComparison.Ordinal);

    private static RequestResult Request(RequestOutcome outcome, string server) =>
        new(0, MonoTime.Zero, MonoTime.Zero, "192.0.2.1", outcome, server);

    private static string Render(Scene scene)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;
        console.Write(LiveNarrator.Draw(scene));
        return output.ToString();
    }
}
