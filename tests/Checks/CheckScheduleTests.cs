using Director.Checks;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks;

public sealed class CheckScheduleTests
{
    private static readonly TcpProbeSettings Probe =
        new(new(new(IpAddress128.Parse("192.168.80.133"), 80), TimeSpan.FromSeconds(3)));

    // delay_loop 6, retry 3, delay_before_retry 3, as the usual configuration has it.
    private static readonly CheckSettings Usual = new(Probe, 3, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6));

    [Theory]
    // Up from the first success on; nothing more is said.
    [InlineData(3, "+", "P6")]
    [InlineData(3, "++", "P6 .6")]
    // Nothing is forgiven before the first success.
    [InlineData(3, "-", "F6")]
    [InlineData(3, "-+", "F6 P6")]
    // Three failures are forgiven, the fourth is not.
    [InlineData(3, "+---", "P6 .3 .3 .3")]
    [InlineData(3, "+----", "P6 .3 .3 .3 F6")]
    // A success in between starts the count anew.
    [InlineData(3, "+---+----", "P6 .3 .3 .3 .6 .3 .3 .3 F6")]
    // While down: one attempt a loop, and one success is enough.
    [InlineData(3, "+-------+", "P6 .3 .3 .3 F6 .6 .6 .6 P6")]
    [InlineData(3, "----+----", "F6 .6 .6 .6 P6 .3 .3 .3 F6")]
    // Without retries the first failure is final.
    [InlineData(0, "+-+-", "P6 F6 P6 F6")]
    [InlineData(1, "+--", "P6 .3 F6")]
    // What this host could not try changes nothing, also not the count, and comes again after a whole loop.
    [InlineData(3, "?", ".6")]
    [InlineData(3, "?-", ".6 F6")]
    [InlineData(3, "?+", ".6 P6")]
    [InlineData(3, "+-?--?-", "P6 .3 .6 .3 .3 .6 F6")]
    [InlineData(3, "-??+", "F6 .6 .6 P6")]
    public void Attempts_lead_to_transitions_and_delays(int retries, string outcomes, string expected) =>
        Assert.Equal(expected, Run(New(Usual with { Retries = retries }), outcomes));

    private static string Run(CheckSchedule check, string outcomes)
    {
        MonoTime now;
        var seen = new List<string>();
        foreach (var outcome in outcomes)
        {
            now = check.NextRun + TimeSpan.FromMilliseconds(250);
            var transition = check.Apply(Of(Outcome(outcome)), now);
            var letter = transition switch { CheckTransition.Passed => 'P', CheckTransition.Failed => 'F', _ => '.' };
            seen.Add($"{letter}{(check.NextRun - now).TotalSeconds}");
        }

        return string.Join(' ', seen);
    }

    [Theory]
    // As many successes in a row as rise says; a failure in between counts them anew and is told once.
    [InlineData(3, "-+++", "F6 .6 .6 P6")]
    [InlineData(3, "-++-+++", "F6 .6 .6 .6 .6 .6 P6")]
    // What this host could not try neither counts nor breaks the row.
    [InlineData(2, "-+?+", "F6 .6 .6 P6")]
    // A check that passes needs nothing, nor does one that counts as passing from the start.
    [InlineData(3, "+--+", "P6 .3 .3 .6")]
    [InlineData(1, "-+", "F6 P6")]
    public void With_rise_a_failing_check_passes_after_so_many_successes(int rise, string outcomes, string expected) =>
        Assert.Equal(expected, Run(New(Usual with { Rise = rise }), outcomes));

    [Theory]
    [InlineData(3, "+++", ". . P")]
    [InlineData(3, "++-+++", ". . F . . P")]
    public void With_rise_an_alpha_check_passes_first_after_so_many_successes(int rise, string outcomes, string expected) =>
        Assert.Equal(expected, string.Concat(Run(New(Usual with { Rise = rise, Alpha = true }, isUp: false), outcomes)
            .Where(letter => !char.IsAsciiDigit(letter))));

    [Theory]
    // delay_loop 6 from start to start; a run that lasts longer is followed by the next at once.
    [InlineData(2, '+', 4)]
    [InlineData(9, '+', 0)]
    // delay_before_retry 3 while it is retried.
    [InlineData(2, '-', 1)]
    [InlineData(5, '-', 0)]
    public void The_delays_of_a_script_count_from_its_start(int seconds, char outcome, int expected)
    {
        var check = New(Usual with { Probe = new FromStart() });
        check.Begin(MonoTime.Zero);
        check.Apply(Of(ProbeOutcome.Success), MonoTime.Zero);
        var started = check.NextRun;
        check.Begin(started);
        var ended = started + TimeSpan.FromSeconds(seconds);
        check.Apply(Of(Outcome(outcome)), ended);
        Assert.Equal(TimeSpan.FromSeconds(expected), check.NextRun - ended);
    }

    [Fact]
    public void A_check_is_overdue_when_nothing_was_heard_for_three_periods()
    {
        var check = New(Usual with { Warmup = TimeSpan.Zero });
        var due = check.NextRun;
        Assert.False(check.IsOverdue(due + TimeSpan.FromSeconds(18)));
        Assert.True(check.IsOverdue(due + TimeSpan.FromSeconds(18.1)));
        check.Apply(Of(ProbeOutcome.LocalProblem), due + TimeSpan.FromSeconds(20));
        Assert.False(check.IsOverdue(due + TimeSpan.FromSeconds(38)));
        check.Skip(due + TimeSpan.FromSeconds(30));
        Assert.False(check.IsOverdue(due + TimeSpan.FromSeconds(50)));
        Assert.True(check.IsOverdue(due + TimeSpan.FromSeconds(60)));
        // An attempt may take longer than the period.
        var slow = New(Usual with { Probe = Probe with { Connection = Probe.Connection with { Timeout = TimeSpan.FromSeconds(60) } } });
        Assert.False(slow.IsOverdue(slow.NextRun + TimeSpan.FromSeconds(180)));
    }

    [Fact]
    public void A_weight_holds_from_the_success_that_says_it_until_another_or_until_the_check_fails()
    {
        var check = New(Usual with { Retries = 1 });
        var weight = new ProbeWeight(7, Replaces: true);
        check.Apply(ProbeResult.Success with { Weight = weight }, MonoTime.Zero);
        Assert.Equal(weight, check.Weight);
        check.Apply(Of(ProbeOutcome.Failure), MonoTime.Zero);
        check.Apply(Of(ProbeOutcome.LocalProblem), MonoTime.Zero);
        Assert.Equal(weight, check.Weight);
        check.Apply(Of(ProbeOutcome.Failure), MonoTime.Zero);
        Assert.Null(check.Weight);
        check.Apply(ProbeResult.Success with { Weight = weight }, MonoTime.Zero);
        check.Apply(Of(ProbeOutcome.Success), MonoTime.Zero);
        Assert.Null(check.Weight);
    }

    [Theory]
    [InlineData(0, 0, 10, 10)]
    [InlineData(1, 0, 10, 0)]
    [InlineData(1, 253, 10, 253)]
    // Two that each ask for a weight do not each get it: 10 + (20 - 10) + (5 - 10).
    [InlineData(2, 25, 10, 15)]
    [InlineData(2, 3, 10, 0)]
    [InlineData(0, -11, 10, 0)]
    [InlineData(0, long.MaxValue / 2, 10, int.MaxValue)]
    public void Contributions_to_a_weight_add_up_within_the_bounds_of_a_weight(int replacing, long sum, int configured, int expected) =>
        Assert.Equal(expected, new WeightShift(replacing, sum).Of(configured));

    [Theory]
    [InlineData(2, false, 0, "10")]
    [InlineData(2, false, 5, "20")]
    [InlineData(2, true, 5, "0")]
    [InlineData(-3, true, 5, "25")]
    [InlineData(int.MinValue + 1, false, 1, "0")]
    [InlineData(int.MinValue + 1, false, 2, "down")]
    [InlineData(1, false, int.MinValue, "down")]
    [InlineData(1, true, int.MinValue, "2147483647")]
    [InlineData(0, false, 0, "10")]
    [InlineData(0, false, 1, "down")]
    [InlineData(0, true, 0, "down")]
    [InlineData(0, true, -1, "10")]
    public void A_number_in_a_file_adds_to_the_weight_or_fails_the_server(int weight, bool isReversed, int number, string expected)
    {
        var result = new FileProbeSettings("f", weight, isReversed).ResultOf(number);
        var shift = result.Weight is { } change ? new WeightShift(0, change.Value) : default;
        Assert.Equal(expected, result.Outcome == ProbeOutcome.Failure
            ? "down"
            : shift.Of(10).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_first_attempt_comes_a_second_after_the_start_and_within_the_warm_up()
    {
        var random = new Random(1);
        var waits = Enumerable.Range(0, 1000)
            .Select(_ => new CheckSchedule(Usual, isUp: true, MonoTime.Zero, random).NextRun - MonoTime.Zero).ToArray();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(7)));
        for (var second = 1; second < 7; second++)
            Assert.Contains(waits, wait => wait >= TimeSpan.FromSeconds(second) && wait < TimeSpan.FromSeconds(second + 1));
    }

    [Fact]
    public void Without_a_warm_up_the_first_attempt_comes_after_a_second() =>
        Assert.Equal(MonoTime.Zero + TimeSpan.FromSeconds(1), New(Usual with { Warmup = TimeSpan.Zero }).NextRun);

    [Fact]
    public void A_check_that_starts_down_says_that_it_failed_once()
    {
        var check = New(Usual, isUp: false);
        Assert.Equal(CheckTransition.Failed, check.Apply(Of(ProbeOutcome.Failure), MonoTime.Zero));
        Assert.Equal(CheckTransition.None, check.Apply(Of(ProbeOutcome.Failure), MonoTime.Zero));
        Assert.Equal(CheckTransition.Passed, check.Apply(Of(ProbeOutcome.Success), MonoTime.Zero));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_sequence_goes_as_the_rule_says(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var settings = Usual with { Retries = random.Next(5) };
            var history = new List<ProbeOutcome>();
            var check = New(settings, isUp: random.Next(2) == 0);
            for (var step = 0; step < 60; step++)
            {
                var outcome = (ProbeOutcome)random.Next(3);
                history.Add(outcome);
                check.Apply(Of(outcome), check.NextRun);
                var expected = NaiveIsUp(history, settings.Retries);
                if (expected is null) continue;
                Assert.True(expected == check.IsUp, $"seed {seed}, round {round}, step {step}: {string.Join(' ', history)}");
            }
        }
    }

    [Fact]
    public void A_failing_server_is_found_out_within_the_time_that_the_settings_promise()
    {
        // delay_loop + (retry + 1) * connect_timeout + retry * delay_before_retry, the server falling silent just after an attempt.
        var check = New(Usual);
        check.Apply(Of(ProbeOutcome.Success), MonoTime.Zero);
        var now = MonoTime.Zero;
        while (check.IsUp)
        {
            now = check.NextRun + Probe.Connection.Timeout;
            check.Apply(Of(ProbeOutcome.Failure), now);
        }

        Assert.Equal(TimeSpan.FromSeconds(6 + (4 * 3) + (3 * 3)), now - MonoTime.Zero);
    }

    /// <summary>The formula of the longest detection, for each kind's defaults and for others.</summary>
    [Theory]
    [InlineData(60, 5, 1, 1, 71)]
    [InlineData(60, 5, 1, 3, 73)]
    [InlineData(60, 5, 3, 60, 260)]
    [InlineData(6, 3, 0, 1, 9)]
    [InlineData(2, 1, 5, 0, 8)]
    public void A_silent_server_is_found_out_when_the_formula_says(int loop, int timeout, int retries, int delay, int expected)
    {
        var check = New(new(Probe, retries, TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(loop), TimeSpan.Zero));
        check.Apply(Of(ProbeOutcome.Success), MonoTime.Zero);
        var now = MonoTime.Zero;
        for (var attempts = 0; check.IsUp; attempts++)
        {
            Assert.True(attempts <= retries);
            now = check.NextRun + TimeSpan.FromSeconds(timeout);
            check.Apply(Of(ProbeOutcome.Failure), now);
        }

        Assert.Equal(TimeSpan.FromSeconds(expected), now - MonoTime.Zero);
        // It is back with the first success, a loop after the last failure.
        now = check.NextRun;
        check.Apply(Of(ProbeOutcome.Success), now);
        Assert.True(check.IsUp);
        Assert.Equal(TimeSpan.FromSeconds(expected + loop), now - MonoTime.Zero);
    }

    internal static ProbeOutcome Outcome(char letter) => letter switch
    {
        '+' => ProbeOutcome.Success,
        '-' => ProbeOutcome.Failure,
        _ => ProbeOutcome.LocalProblem,
    };

    internal static ProbeResult Of(ProbeOutcome outcome) => new(outcome, null);

    private static CheckSchedule New(CheckSettings settings, bool isUp = true) => new(settings, isUp, MonoTime.Zero, new Random(1));

    /// <summary>
    /// From the whole history: up after a success until more failures in a row than are forgiven. Null while nothing was said.
    /// </summary>
    private static bool? NaiveIsUp(IEnumerable<ProbeOutcome> history, int retries)
    {
        var said = history.Where(outcome => outcome != ProbeOutcome.LocalProblem).ToArray();
        if (said.Length == 0) return null;
        var lastSuccess = Array.LastIndexOf(said, ProbeOutcome.Success);
        return lastSuccess >= 0 && said.Length - 1 - lastSuccess <= retries;
    }

    private sealed record FromStart : ProbeSettings
    {
        public override string Keyword => "TEST";

        public override bool CountsFromStart => true;
    }
}
