using Director.Checks;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Tests.Checks.Probes;

/// <summary>An HTTP check's schedule: one url in each attempt (keepalived check/check_http.c).</summary>
public sealed class UrlWalkTests
{
    [Theory]
    // Each step: which url was fetched, P or F if the check passed or failed, and the delay. delay_loop is 6, delay_before_retry 2.
    [InlineData(1, 1, false, "+", "0P6")]
    [InlineData(3, 1, false, "+++", "0.6 1.6 2P6")]
    [InlineData(3, 1, false, "++++++", "0.6 1.6 2P6 0.6 1.6 2.6")]
    // Nothing is forgiven before the whole has passed once.
    [InlineData(3, 1, false, "-", "0F6")]
    [InlineData(3, 1, false, "++-", "0.6 1.6 2F6")]
    // The same url is fetched again; failures of one are forgotten when it passes.
    [InlineData(3, 1, false, "++++-+-+", "0.6 1.6 2P6 0.6 1.2 1.6 2.2 2.6")]
    [InlineData(3, 1, false, "++++--", "0.6 1.6 2P6 0.6 1.2 1F6")]
    [InlineData(2, 0, false, "+++-", "0.6 1P6 0.6 1F6")]
    // The url that failed it must pass first, then all of them.
    [InlineData(3, 1, false, "++++---++++", "0.6 1.6 2P6 0.6 1.2 1F6 1.6 1.6 0.6 1.6 2P6")]
    // On the way back another that fails is fetched again soon, and the walk goes on behind it.
    [InlineData(3, 1, false, "++++--++-+-+", "0.6 1.6 2P6 0.6 1.2 1F6 1.6 0.6 1.2 1.6 2.2 2P6")]
    // Of a single url that makes two successes.
    [InlineData(1, 0, false, "+-++", "0P6 0F6 0.6 0P6")]
    // fast_recovery: no waiting until all have passed, but as usual behind a failure.
    [InlineData(3, 1, true, "++++", "0.0 1.0 2P6 0.6")]
    [InlineData(3, 1, true, "++++---++-++", "0.0 1.0 2P6 0.6 1.2 1F6 1.6 1.0 0.0 1.2 1.0 2P6")]
    // What this host could not try stays where it is.
    [InlineData(2, 1, false, "+?+?", "0.6 1.6 1P6 0.6")]
    public void One_url_after_another(int urls, int retries, bool isFast, string outcomes, string expected)
    {
        var seen = Run(urls, retries, isFast, 2, outcomes);
        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public void While_the_failed_url_is_waited_for_the_longer_delay_counts() =>
        Assert.Equal("0P6 0.9 0F9 0.9 0.6 0P6", string.Join(' ', Run(1, 1, false, 9, "+---++")));

    private static IEnumerable<string> Run(int urls, int retries, bool isFast, int delayBeforeRetry, string outcomes)
    {
        var probe = new HttpProbeSettings(new(new(IpAddress128.Parse("10.0.0.1"), 80), TimeSpan.FromSeconds(3)),
            [.. Enumerable.Range(0, urls).Select(number => new HttpUrl($"/{number}"))]) { RecoversFast = isFast };
        var check = new CheckSchedule(new(probe, retries, TimeSpan.FromSeconds(delayBeforeRetry), TimeSpan.FromSeconds(6), TimeSpan.Zero),
            isUp: true, MonoTime.Zero, new Random(1));
        foreach (var outcome in outcomes)
        {
            var (step, now) = (check.Step, check.NextRun + TimeSpan.FromMilliseconds(10));
            var transition = check.Apply(CheckScheduleTests.Of(CheckScheduleTests.Outcome(outcome)), now);
            var letter = transition switch { CheckTransition.Passed => 'P', CheckTransition.Failed => 'F', _ => '.' };
            yield return $"{step}{letter}{(check.NextRun - now).TotalSeconds}";
        }
    }
}
