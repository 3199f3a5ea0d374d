using System.Globalization;
using Director.Checks.Probes;
using Microsoft.Extensions.Time.Testing;

namespace Director.Tests.Checks.Probes;

public sealed class ProbeDeadlineTests
{
    [Theory]
    // Each step may take 2 s, all together 6 s: how long the steps before the last took, when the last is over, and why.
    [InlineData("", 2, "no answer within 2 s")]
    [InlineData("1", 3, "no answer within 2 s")]
    [InlineData("1 1 1 1", 6, "no answer within 2 s")]
    [InlineData("1 1 1 1.5", 6, "no end within 6 s")]
    [InlineData("1.9 1.9 1.9", 6, "no end within 6 s")]
    public void A_step_has_its_time_and_all_of_them_theirs(string steps, double over, string reason)
    {
        var time = new FakeTimeProvider();
        var start = time.GetTimestamp();
        using var deadline = new ProbeDeadline(TimeSpan.FromSeconds(2), 3, time, CancellationToken.None);
        foreach (var step in steps.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            time.Advance(TimeSpan.FromSeconds(double.Parse(step, CultureInfo.InvariantCulture)));
            Assert.False(deadline.Token.IsCancellationRequested);
            deadline.NextStep();
        }

        time.Advance(TimeSpan.FromSeconds(over) - time.GetElapsedTime(start) - TimeSpan.FromMilliseconds(10));
        Assert.False(deadline.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.Equal((true, reason), (deadline.IsTimeUp, deadline.Reason));
    }

    [Fact]
    public void That_it_is_no_longer_wanted_is_not_that_the_time_is_up()
    {
        using var unwanted = new CancellationTokenSource();
        using var deadline = new ProbeDeadline(TimeSpan.FromSeconds(2), 3, new FakeTimeProvider(), unwanted.Token);
        unwanted.Cancel();
        Assert.Equal((true, false), (deadline.Token.IsCancellationRequested, deadline.IsTimeUp));
    }
}
