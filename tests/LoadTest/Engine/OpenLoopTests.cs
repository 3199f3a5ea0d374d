using System.Net;
using Director.LoadScenarios;
using Director.LoadTest.Engine;
using Director.Net;

namespace Director.Tests.LoadTest.Engine;

public sealed class OpenLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly MonoTime Begin = new(5_000_000_000);
    private readonly MeasurementList _measured = [];

    [Fact]
    public void Users_come_when_they_are_due_whatever_became_of_those_before()
    {
        var timeline = new FakeTimeline();
        var held = new TaskCompletionSource<Response>();
        var scenario = LoadScenario.Create("stuck", context =>
        {
            if (context.InvocationNumber == 9) held.SetResult(Response.Ok("rs1"));
            return held.Task;
        }).WithLoadSimulations(Simulation.Inject(10, Second, Second));

        Play(timeline, scenario);

        Assert.Equal(Enumerable.Range(0, 10).Select(n => Begin + ((n + 0.5) * 0.1 * Second)), Dues());
        Assert.All(_measured, iteration => Assert.Equal(iteration.Due, iteration.Started));
        Assert.All(_measured, iteration => Assert.Equal(Dues().Max(), iteration.Ended));
    }

    [Fact]
    public void A_late_start_counts_as_waiting()
    {
        var timeline = new FakeTimeline { Grain = TimeSpan.FromMilliseconds(40) };
        var scenario = LoadScenario.Create("quick", _ => Task.FromResult(Response.Ok("rs1")))
            .WithLoadSimulations(Simulation.Inject(10, Second, Second));

        Play(timeline, scenario);

        int[] late = [30, 10, 30, 10, 30, 10, 30, 10, 30, 10];
        Assert.Equal(late, _measured.Select(iteration => (int)iteration.Lateness.TotalMilliseconds));
        Assert.Equal(late, _measured.Select(iteration => (int)iteration.Latency.TotalMilliseconds));
    }

    [Fact]
    public void A_generator_that_stalls_delays_nobody_s_due_time()
    {
        var timeline = new FakeTimeline();
        var scenario = LoadScenario.Create("stalls", context =>
        {
            if (context.InvocationNumber == 2) timeline.Pass(TimeSpan.FromMilliseconds(250)); // on the thread that begins all
            return Task.FromResult(Response.Ok("rs1"));
        }).WithLoadSimulations(Simulation.Inject(10, Second, Second));

        Play(timeline, scenario);

        Assert.Equal(Enumerable.Range(0, 10).Select(n => Begin + ((n + 0.5) * 0.1 * Second)), Dues());
        Assert.Equal([0, 0, 250, 150, 50, 0, 0, 0, 0, 0], _measured.Select(iteration => (int)iteration.Latency.TotalMilliseconds));
    }

    [Fact]
    public void A_user_who_was_held_up_is_still_due_at_his_pace()
    {
        var timeline = new FakeTimeline();
        var scenario = LoadScenario.Create("paced", context =>
        {
            if (context.InvocationNumber == 1) timeline.Pass(TimeSpan.FromMilliseconds(350));
            return Task.FromResult(Response.Ok("rs1"));
        }).WithPace(TimeSpan.FromMilliseconds(100)).WithLoadSimulations(Simulation.KeepConstant(1, Second));

        Play(timeline, scenario);

        Assert.Equal(Enumerable.Range(0, 10).Select(n => Begin + (n * 0.1 * Second)), Dues());
        Assert.Equal([0, 350, 250, 150, 50, 0, 0, 0, 0, 0], _measured.Select(iteration => (int)iteration.Latency.TotalMilliseconds));
    }

    [Fact]
    public void A_user_does_one_thing_at_a_time_and_keeps_his_number()
    {
        var underWay = new int[3];
        var timeline = new FakeTimeline();
        var scenario = LoadScenario.Create("one", async context =>
        {
            Assert.Equal(1, Interlocked.Increment(ref underWay[context.InstanceNumber]));
            await Task.Yield();
            Interlocked.Decrement(ref underWay[context.InstanceNumber]);
            return Response.Ok("rs1");
        }).WithPace(TimeSpan.FromMilliseconds(100)).WithLoadSimulations(Simulation.KeepConstant(3, Second));

        Play(timeline, scenario);

        Assert.Equal(30, _measured.Count);
    }

    [Fact]
    public void Steps_count_from_when_the_iteration_was_due_and_then_from_one_another()
    {
        var timeline = new FakeTimeline { Grain = TimeSpan.FromMilliseconds(40) };
        var scenario = LoadScenario.Create("steps", async context =>
        {
            await context.RunStepAsync("first", () => Takes(timeline, 10));
            return await context.RunStepAsync("second", () => Takes(timeline, 20));
        }).WithLoadSimulations(Simulation.Inject(1, Second, Second));

        Play(timeline, scenario);

        Assert.Equal(["first", "second", ""], _measured.Select(measurement => measurement.Step));
        Assert.Equal([30, 20, 50], _measured.Select(measurement => (int)measurement.Latency.TotalMilliseconds));
    }

    [Fact]
    public void Whoever_is_due_while_too_many_are_under_way_is_turned_away_and_counted()
    {
        const int more = 50;
        var held = new TaskCompletionSource<Response>();
        var timeline = new FakeTimeline { Slept = now => { if (now > Begin + Second) held.TrySetResult(Response.Ok("rs1")); } };
        var scenario = LoadScenario.Create("flood", _ => held.Task)
            .WithLoadSimulations(Simulation.Inject(LoadLimits.UnderWay + more, Second, Second));

        Play(timeline, scenario);

        Assert.Equal(more, _measured.Count(iteration => iteration.Kind == ResponseKind.TurnedAway));
        Assert.Equal(LoadLimits.UnderWay, _measured.Count(iteration => iteration.IsOk));
    }

    [Fact]
    public void A_mistake_in_a_scenario_ends_the_run()
    {
        var scenario = LoadScenario.Create("wrong", _ => throw new InvalidOperationException("no such page"))
            .WithLoadSimulations(Simulation.Inject(10, Second, Second));

        var error = Assert.Throws<InvalidOperationException>(() => Play(new(), scenario));

        Assert.Equal("no such page", error.Message);
    }

    [Fact]
    public void A_run_that_is_stopped_ends_and_what_was_given_up_is_not_measured()
    {
        using var stop = new CancellationTokenSource();
        var scenario = LoadScenario.Create("stopped", async context =>
        {
            if (context.InvocationNumber == 3) await stop.CancelAsync();
            if (context.InvocationNumber > 0) await Task.Delay(Timeout.Infinite, context.Stop);
            return Response.Ok("rs1");
        }).WithLoadSimulations(Simulation.Inject(10, Second, Second));

        Loop(new FakeTimeline(), stop.Token).Play([scenario], Begin);

        Assert.Equal(Begin + (0.05 * Second), Assert.Single(_measured).Due);
    }

    private IEnumerable<MonoTime> Dues() => _measured.Iterations.Select(iteration => iteration.Due).Order();

    private void Play(FakeTimeline timeline, params IReadOnlyList<LoadScenario> scenarios) =>
        Loop(timeline, CancellationToken.None).Play(scenarios, Begin);

    private OpenLoop Loop(FakeTimeline timeline, CancellationToken stop)
    {
        var nobody = new IPEndPoint(IPAddress.Loopback, 0);
        return new(timeline, new(new(nobody, nobody, [IPAddress.Loopback]), timeline, _measured, stop));
    }

    private static Task<Response> Takes(FakeTimeline timeline, int milliseconds)
    {
        timeline.Pass(TimeSpan.FromMilliseconds(milliseconds));
        return Task.FromResult(Response.Ok("rs1"));
    }
}
