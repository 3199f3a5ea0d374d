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
    public void Attempts_lead_to_transitions_and_delays(int retries, string outcomes, string expected)
    {
        var now = MonoTime.Zero;
        var check = New(Usual with { Retries = retries });
        var seen = new List<string>();
        foreach (var outcome in outcomes)
        {
            now = check.NextRun + TimeSpan.FromMilliseconds(250);
            var transition = check.Apply(Outcome(outcome), now);
            var letter = transition switch { CheckTransition.Passed => 'P', CheckTransition.Failed => 'F', _ => '.' };
            seen.Add($"{letter}{(check.NextRun - now).TotalSeconds}");
        }

        Assert.Equal(expected, string.Join(' ', seen));
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
        Assert.Equal(CheckTransition.Failed, check.Apply(ProbeOutcome.Failure, MonoTime.Zero));
        Assert.Equal(CheckTransition.None, check.Apply(ProbeOutcome.Failure, MonoTime.Zero));
        Assert.Equal(CheckTransition.Passed, check.Apply(ProbeOutcome.Success, MonoTime.Zero));
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
                check.Apply(outcome, check.NextRun);
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
        check.Apply(ProbeOutcome.Success, MonoTime.Zero);
        var now = MonoTime.Zero;
        while (check.IsUp)
        {
            now = check.NextRun + Probe.Connection.Timeout;
            check.Apply(ProbeOutcome.Failure, now);
        }

        Assert.Equal(TimeSpan.FromSeconds(6 + (4 * 3) + (3 * 3)), now - MonoTime.Zero);
    }

    internal static ProbeOutcome Outcome(char letter) => letter switch
    {
        '+' => ProbeOutcome.Success,
        '-' => ProbeOutcome.Failure,
        _ => ProbeOutcome.LocalProblem,
    };

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
}
