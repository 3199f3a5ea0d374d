using Director.LoadScenarios;
using Director.LoadTest.Analysis;

namespace Director.Tests.LoadTest.Analysis;

/// <summary>A plan of 2 s in which 5 users a second are due, and what became of it.</summary>
public sealed class JudgeTests
{
    private const string Ten = "100 300 500 700 900 1100 1300 1500 1700 1900";

    [Theory]
    [InlineData("100 300 500", 0, true, "0 of 3 failed")]
    [InlineData("100 300! 500!", 0, false, "2 of 3 failed (2 reset)")]
    [InlineData("100 300! 500!", 2, true, "2 of 3 failed (2 reset)")]
    public void Errors_are_counted(string seen, int atMost, bool held, string told) =>
        Decides(seen, new Threshold.Errors("s", atMost), held, told);

    [Theory]
    [InlineData("100+5 300+5 500+5 700+200", 75, true, "5.00 ms")]
    [InlineData("100+5 300+5 500+5 700+200", 99, false, "200.06 ms")] // to three digits
    [InlineData("100~40+5", 50, false, "45.02 ms")] // a late start is waiting
    [InlineData("100! 300!", 50, false, "nobody was answered")]
    public void Latency_counts_from_when_a_user_was_due(string seen, int percentile, bool held, string told) =>
        Decides(seen, new Threshold.Latency("s", percentile, TimeSpan.FromMilliseconds(10)), held, told);

    [Theory]
    [InlineData("100 300 500 700!", true, "0 of 3 failed")]
    [InlineData("100! 300 500 700!", false, "1 of 3 failed (1 reset)")]
    [InlineData("100 500+150!", true, "0 of 1 failed")] // under way when it happened
    public void No_error_may_come_before_the_first_event(string seen, bool held, string told) =>
        Decides(seen, new Threshold.NoErrorBefore("s", LabAction.DirectorDies), held, told, (600, LabAction.DirectorDies));

    [Theory]
    [InlineData("100! 300 500 700 900", true, "no error")] // that was before
    [InlineData("500 700! 900! 1100", true, "2 errors, the last 0.30 s after")]
    [InlineData("500 700! 900 1100!", false, "2 errors, the last 0.50 s after")]
    [InlineData("500 700! 1500! 1700", true, "1 errors, the last 0.10 s after")] // that is another event's
    public void Errors_come_to_an_end(string seen, bool held, string told) =>
        Decides(seen, new Threshold.ErrorsEnd("s", LabAction.DirectorDies, TimeSpan.FromSeconds(0.4)), held, told,
            (600, LabAction.DirectorDies), (1400, LabAction.DirectorReturns));

    [Theory]
    [InlineData(Ten, true, "0.20 s")]
    [InlineData("100 300 500 700! 900! 1100 1300 1500 1700 1900", false, "0.60 s")]
    [InlineData("100 300 500", false, "1.50 s, and nobody yet at the end of it")]
    [InlineData("100 300 500 700~90 900~90 1100 1300 1500 1700 1900", true, "0.29 s (the generator itself was up to 0.09 s late)")]
    public void Time_without_service_is_bounded(string seen, bool held, string told) =>
        Decides(seen, new Threshold.TimeWithoutService("s", LabAction.DirectorDies, TimeSpan.FromSeconds(0.3)), held, told,
            (600, LabAction.DirectorDies));

    [Fact]
    public void The_worst_of_several_events_counts() =>
        Decides("100 300! 500 700 900 1100! 1300! 1500 1700 1900",
            new Threshold.TimeWithoutService("s", LabAction.Reload, TimeSpan.FromSeconds(0.5)), false, "0.60 s",
            (200, LabAction.Reload), (1000, LabAction.Reload));

    [Theory]
    [InlineData("100 300=rs2 500", true, "rs1 2, rs2 1")]
    [InlineData("100 300 500 700 900=rs2", false, "rs1 4, rs2 1")]
    [InlineData("100!", false, "rs1 0, rs2 0")]
    public void Servers_answer_their_share(string seen, bool held, string told) =>
        Decides(seen, new Threshold.EvenShares("s", 0.5), held, told);

    [Theory]
    [InlineData(Ten, true, "10 of 10")]
    [InlineData("100 300 500", false, "3 of 10")]
    public void Everybody_who_was_due_has_come(string seen, bool held, string told) =>
        Decides(seen, new Threshold.EverybodyCame(), held, told);

    [Fact]
    public void Closed_simulations_are_due_at_their_pace() => Assert.Equal(
        10 + 5 + (2 * 2), Judge.Due(LoadScenario.Create("c", _ => throw new NotSupportedException())
            .WithPace(TimeSpan.FromMilliseconds(100))
            .WithLoadSimulations(
                Simulation.RampingConstant(2, TimeSpan.FromSeconds(1)), Simulation.KeepConstant(2, TimeSpan.FromMilliseconds(150)))));

    public static TheoryData<int> NeedAnEvent => [0, 1, 2];

    [Theory]
    [MemberData(nameof(NeedAnEvent))]
    public void What_did_not_happen_is_not_judged(int which)
    {
        Threshold[] thresholds =
        [
            new Threshold.ErrorsEnd("s", LabAction.DirectorDies, TimeSpan.FromSeconds(1)),
            new Threshold.NoErrorBefore("s", LabAction.DirectorDies),
            new Threshold.TimeWithoutService("s", LabAction.DirectorDies, TimeSpan.FromSeconds(1)),
        ];
        Decides(Ten, thresholds[which], null, "the run ended before");
    }

    [Fact]
    public void A_run_that_was_stopped_cannot_say_whether_everybody_came()
    {
        var run = Runs.Run("100 300", [new Threshold.EverybodyCame()]) with { Complete = false };

        Assert.Null(Assert.Single(Judge.Decide(run)).Held);
        Assert.Equal(Runs.At(300), run.End);
    }

    [Fact]
    public void A_name_stands_for_one_scenario_and_no_name_for_all()
    {
        var run = Runs.Run("100 300", [new Threshold.Errors("s", 0), new Threshold.Errors("", 0)]);

        var verdicts = Judge.Decide(run with { Measurements = [.. run.Measurements, .. Runs.Iterations("100!", "another")] });

        Assert.Equal([true, false], verdicts.Select(verdict => verdict.Held));
    }

    private static void Decides(string seen, Threshold threshold, bool? held, string told, params (int, LabAction)[] happened)
    {
        var verdict = Assert.Single(Judge.Decide(Runs.Run(seen, [threshold], happened)));

        Assert.Equal((held, told, threshold.Told), (verdict.Held, verdict.Seen, verdict.Threshold));
    }
}
