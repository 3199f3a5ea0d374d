using System.Collections.Concurrent;
using Director.Checks;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks;

/// <summary>Checks that are several services', that are suspended, overdue, or say something of weights.</summary>
public sealed class SharedCheckTests
{
    private static readonly RealServerKey First = Key("192.168.80.130", 80);
    private static readonly RealServerKey Second = Key("192.168.80.131", 80);
    private static readonly CheckSettings Usual = new(new TestProbe("a"), 0, TimeSpan.Zero, TimeSpan.FromSeconds(6), TimeSpan.Zero);

    private readonly ConcurrentQueue<CheckEvent> _events = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentDictionary<string, ProbeResult> _results = new();
    private readonly WatchedTimeProvider _time = new();

    [Fact]
    public async Task Identical_checks_of_one_machine_run_once_and_the_result_is_all_of_theirs()
    {
        await using var runner = Runner();
        _results["a"] = ProbeResult.Failure("refused");
        runner.Replace([new(First, [Usual]), new(Second, [Usual, Usual with { Probe = new TestProbe("b") }])]);
        Pass(runner, 2, TimeSpan.FromSeconds(1.5));
        Until(() => _attempts.GetValueOrDefault("a") == 1 && _attempts.GetValueOrDefault("b") == 1 && Downs().Count == 2);
        Assert.Equal([First, Second], Downs().OrderBy(server => server.ToString()));
        var check = runner.Snapshot()[0].Checks[0];
        Assert.Equal((2, 1L), (check.Servers, check.Attempts));
        // One line for both, and one conclusion for each.
        Assert.Equal([false, true], _events.OfType<CheckConcluded>().Where(told => !told.Passed).Select(told => told.IsRepeated));
    }

    [Fact]
    public async Task Another_machine_or_other_terms_are_other_checks()
    {
        await using var runner = Runner();
        runner.Replace([
            new(First, [Usual]), new(Second with { Server = new(IpAddress128.Parse("192.168.80.134"), 80) }, [Usual]),
            new(Second, [Usual with { DelayLoop = TimeSpan.FromSeconds(7) }]),
        ]);
        Pass(runner, 3, TimeSpan.FromSeconds(1.5));
        Until(() => _attempts.GetValueOrDefault("a") == 3);
    }

    [Fact]
    public async Task A_service_that_is_added_knows_what_the_others_know_and_one_that_goes_leaves_the_check_to_them()
    {
        await using var runner = Runner();
        _results["a"] = ProbeResult.Failure("refused");
        runner.Replace([new(First, [Usual])]);
        Pass(runner, 1, TimeSpan.FromSeconds(1.5));
        Until(() => Downs().Count == 1);
        runner.Replace([new(First, [Usual]), new(Second, [Usual])]);
        Assert.Equal([First, Second], Downs());
        Assert.False(runner.Snapshot()[1].IsUp);
        runner.Replace([new(Second, [Usual])]);
        Assert.False(Assert.Single(runner.Snapshot()).IsUp);
        _results["a"] = ProbeResult.Success;
        Pass(runner, 1, TimeSpan.FromSeconds(6));
        Until(() => _events.OfType<HealthChanged>().Any(told => told.IsUp));
        Assert.Equal(Second, _events.OfType<HealthChanged>().Last().Server);
        Assert.Equal(2, _attempts["a"]);
    }

    [Fact]
    public async Task A_suspended_check_is_not_made_and_changes_nothing_until_its_need_is_met()
    {
        await using var runner = Runner();
        _results["a"] = ProbeResult.Failure("refused");
        // One of a service that is never suspended is another check.
        runner.Replace([new(First, [Usual]) { Needs = "vip" }, new(Second, [Usual])]);
        Pass(runner, 2, TimeSpan.FromSeconds(1.5));
        Until(() => Downs().Count == 1);
        Assert.Equal([Second], Downs());
        Pass(runner, 2, TimeSpan.FromSeconds(6));
        Until(() => _attempts["a"] == 2);
        Assert.Equal((true, 0L), (runner.Snapshot()[0].Checks[0].IsSuspended, runner.Snapshot()[0].Checks[0].Attempts));
        Assert.True(runner.Snapshot()[0].IsUp);
        runner.Suspend(new HashSet<string> { "vip" });
        Pass(runner, 2, TimeSpan.FromSeconds(6));
        Until(() => Downs().Count == 2);
        Assert.False(runner.Snapshot()[0].Checks[0].IsSuspended);
        runner.Suspend(new HashSet<string>());
        _results["a"] = ProbeResult.Success;
        Pass(runner, 2, TimeSpan.FromSeconds(6));
        Until(() => _events.OfType<HealthChanged>().Any(told => told.IsUp));
        Assert.Equal((false, true), (runner.Snapshot()[0].IsUp, runner.Snapshot()[1].IsUp));
    }

    [Fact]
    public async Task A_check_of_which_nothing_is_heard_for_three_periods_is_told_once_and_its_return_too()
    {
        await using var runner = Runner();
        var held = new TaskCompletionSource<ProbeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        runner.Replace([new(First, [Usual with { Probe = new TestProbe("held", held.Task) }])]);
        Pass(runner, 1, TimeSpan.FromSeconds(1.5));
        Until(() => _attempts.GetValueOrDefault("held") == 1);
        _time.Advance(TimeSpan.FromSeconds(17));
        runner.FindOverdue();
        Assert.Empty(_events);
        _time.Advance(TimeSpan.FromSeconds(1));
        runner.FindOverdue();
        runner.FindOverdue();
        Assert.Equal("TEST on service [192.168.80.133]:tcp:80 is overdue: no result for three periods, and its state stands still",
            Assert.IsType<CheckOverdue>(Assert.Single(_events)).Line);
        Assert.True(runner.Snapshot()[0].Checks[0].IsOverdue);
        held.SetResult(ProbeResult.Success);
        Until(() => runner.Snapshot()[0].Checks[0].Attempts == 1);
        runner.FindOverdue();
        Assert.False(_events.OfType<CheckOverdue>().Last().IsOverdue);
    }

    [Fact]
    public async Task A_weight_is_told_when_it_changes_and_goes_with_the_check_that_said_it()
    {
        await using var runner = Runner();
        _results["a"] = ProbeResult.Success with { Weight = new(7, Replaces: true) };
        runner.Replace([new(First, [Usual])]);
        Pass(runner, 1, TimeSpan.FromSeconds(1.5));
        Until(() => Shifts().Count == 1);
        Pass(runner, 1, TimeSpan.FromSeconds(6));
        Until(() => _attempts["a"] == 2);
        _results["a"] = ProbeResult.Success;
        Pass(runner, 1, TimeSpan.FromSeconds(6));
        Until(() => Shifts().Count == 2);
        Assert.Equal([new WeightShift(1, 7), default], Shifts());
        _results["a"] = ProbeResult.Success with { Weight = new(9, Replaces: true) };
        Pass(runner, 1, TimeSpan.FromSeconds(6));
        Until(() => Shifts().Count == 3);
        // A reload keeps it with the check, and takes it away with it.
        runner.Replace([new(First, [Usual])]);
        Assert.Equal(3, Shifts().Count);
        runner.Replace([new(First, [])]);
        Assert.Equal(default, Shifts()[3]);
    }

    [Fact]
    public async Task A_server_is_never_up_with_the_weight_of_a_check_that_fails_or_has_not_spoken()
    {
        await using var runner = Runner();
        var weighed = ProbeResult.Success with { Weight = new(7, Replaces: true) };
        _results["a"] = weighed;
        runner.Replace([new(First, [Usual])]);
        Pass(runner, 1, TimeSpan.FromSeconds(1.5));
        Until(() => Shifts().Count == 1);
        _results["a"] = ProbeResult.Failure("refused");
        Pass(runner, 1, TimeSpan.FromSeconds(6));
        Until(() => Shifts().Count == 2);
        _results["a"] = weighed;
        Pass(runner, 1, TimeSpan.FromSeconds(6));
        Until(() => _events.OfType<HealthChanged>().Count() == 2);
        Assert.Equal([nameof(WeightShifted), nameof(HealthChanged), nameof(WeightShifted), nameof(WeightShifted), nameof(HealthChanged)],
            _events.Where(told => told is WeightShifted or HealthChanged).Select(told => told.GetType().Name));
    }

    private static RealServerKey Key(string vip, ushort port) =>
        new(new(IpProtocol.Tcp, new(IpAddress128.Parse(vip), port)), new(IpAddress128.Parse("192.168.80.133"), 80));

    private static void Until(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)), "nothing happened");

    private CheckRunner Runner() => new(_events.Enqueue, settings => new Probe(this, (TestProbe)settings), _time, new Random(1));

    private List<RealServerKey> Downs() =>
        [.. _events.OfType<HealthChanged>().Where(told => !told.IsUp).Select(told => told.Server)];

    private List<WeightShift> Shifts() => [.. _events.OfType<WeightShifted>().Select(told => told.Shift)];

    /// <summary>Moves the clock once so many checks wait for it.</summary>
    private void Pass(CheckRunner runner, int checks, TimeSpan time)
    {
        Until(() => _time.WaitingTimers == checks);
        _time.Advance(time);
        GC.KeepAlive(runner);
    }

    private sealed record TestProbe(string Name, Task<ProbeResult>? Held = null) : ProbeSettings
    {
        public override string Keyword => "TEST";

        public override TimeSpan LongestAttempt => TimeSpan.Zero;
    }

    private sealed class Probe(SharedCheckTests tests, TestProbe settings) : IProbe
    {
        public Task<ProbeResult> RunAsync(CancellationToken cancellation)
        {
            tests._attempts.AddOrUpdate(settings.Name, 1, (_, attempts) => attempts + 1);
            return settings.Held?.WaitAsync(cancellation)
                ?? Task.FromResult(tests._results.GetValueOrDefault(settings.Name, ProbeResult.Success));
        }
    }
}
