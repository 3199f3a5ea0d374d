using Director.Tests.Vrrp.Support;
using Xunit.Abstractions;

namespace Director.Tests.Vrrp;

/// <summary>Hours of two routers whose clocks differ, or whose wire loses (docs/interop.md, cases 43 and 44).</summary>
public sealed class SimulatedPairTests(ITestOutputHelper output)
{
    private const int Hours = 20;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Election = TimeSpan.FromSeconds(20);

    /// <summary>B waits 3.609 s for A, which so advertises in time as long as its second lasts no longer than 3.6.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(3.6)]
    public void Case_43_a_masters_slow_clock_costs_nothing_as_long_as_it_advertises_in_time(double stretch)
    {
        var pair = new SimulatedPair(seed: 1, stretch: stretch);
        pair.Run(Election);
        var before = pair.Takeovers;
        Assert.Equal(1, pair.Masterships);
        pair.Run(Hour);
        Assert.Equal((1, before), (pair.Masterships, pair.Takeovers));
    }

    [Theory]
    [InlineData(3.62)]
    [InlineData(4)]
    public void Case_43_beyond_that_its_backup_takes_over_each_time_and_yields_at_once(double stretch)
    {
        var pair = new SimulatedPair(seed: 1, stretch: stretch);
        pair.Run(Election);
        var before = pair.Takeovers;
        pair.ForgetOverlap();
        pair.Run(Hour);
        // Each advert of B is answered, which puts the next of A off by its interval: B waits its 3.609 s from there.
        var perHour = Hour / TimeSpan.FromSeconds(3 + (156 / 256.0));
        Assert.InRange(pair.Takeovers - before, perHour - 2, perHour + 1);
        Assert.Equal(1, pair.Masterships);
        Assert.InRange(pair.Overlap.Longest, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    /// <summary>
    /// B takes over after three lost adverts in a row and never before, which with a part p of them lost is once in
    /// (1 − p³) / ((1 − p) p³) intervals on average (Feller, An Introduction to Probability Theory I, XIII.7), and
    /// yields to the next that it hears.
    /// </summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Case_44_a_wire_that_loses_costs_takeovers_as_often_as_three_adverts_in_a_row_are_lost(double loss)
    {
        var expected = 3600 / ((1 - Math.Pow(loss, 3)) / ((1 - loss) * Math.Pow(loss, 3)));
        var counts = new List<int>();
        for (var seed = 0; seed < Hours; seed++)
        {
            var pair = new SimulatedPair(seed, loss);
            pair.Run(Election);
            var (before, heard) = (pair.Takeovers, pair.LostBefore.Count);
            pair.Run(Hour);
            counts.Add(pair.Takeovers - before);
            Assert.All(pair.LostBefore.Skip(heard), lost => Assert.Equal(3, lost));
            Assert.Equal(1, pair.Masterships);
            Assert.True(pair.Overlap.Longest < TimeSpan.FromSeconds(12), $"both were masters for {pair.Overlap.Longest}");
        }

        output.WriteLine($"{loss}: {expected:0.0} expected; {counts.Average():0.0} on average of {string.Join(", ", counts)}");
        Assert.InRange(counts.Average(), expected - Math.Sqrt(expected), expected + Math.Sqrt(expected));
        // Two thirds of all hours are within a deviation of it; that all of these were beyond two will not be.
        Assert.All(counts, count => Assert.InRange(count, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected))));
    }
}
